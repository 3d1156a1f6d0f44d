// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A destination with two applications, whose mappings change. */
abstract class DestinationRemappingFixture extends LogFixture {
  ServerSocket one;
  ServerSocket two;

  @BeforeEach
  void listen() throws Exception {
    one = TestSocket.server();
    two = TestSocket.server();
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    two.close();
  }

  static StreamsFixture destination(Map<String, String> common, String... services) {
    StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, common(common), null, Map.of());
    tunnel.up(services);
    return tunnel;
  }

  static ServiceMappings common(Map<String, String> common) {
    return new ServiceMappings(Map.of(), common, false, Shares.EQUAL);
  }

  static String at(ServerSocket application) {
    return "localhost:" + application.getLocalPort();
  }
}
