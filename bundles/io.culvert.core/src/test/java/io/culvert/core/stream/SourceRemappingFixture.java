// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source whose mappings change. */
abstract class SourceRemappingFixture extends LogFixture {
  static StreamsFixture source(
      Map<String, String> common,
      @Nullable ProtocolVersion version,
      Map<String, Object> settings,
      String... services) {
    StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.SOURCE,
            new ServiceMappings(Map.of(), common, false, Shares.EQUAL),
            version,
            settings);
    tunnel.up(services);
    return tunnel;
  }

  static Map<String, String> at(int port) {
    return Map.of("SSH", String.valueOf(port));
  }

  static Map<String, String> at(String id, int port) {
    return Map.of(id, String.valueOf(port));
  }

  static Map<String, String> at(String id, int port, String other, int otherPort) {
    return Map.of(id, String.valueOf(port), other, String.valueOf(otherPort));
  }

  /** Binds a port, which must be free. */
  static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
  }
}
