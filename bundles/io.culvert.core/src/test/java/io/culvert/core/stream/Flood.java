// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** More than a local reader takes. */
final class Flood {
  static final int CHUNK = 60_000;

  /** Buffers that are full soon, and little patience with who takes nothing. */
  static final Map<String, Object> SMALL =
      Map.of("buffer.connection", 128, "buffer.tunnel", 256, "stall.timeout", 1000L);

  private Flood() {}

  /** Sends chunks until the tunnel is not read any more; returns how many. */
  static int fill(StreamsFixture tunnel, String service, int stream, int connection) {
    int chunks = 0;
    while (tunnel.isReading()) {
      tunnel.receive(chunk(service, stream, connection));
      chunks++;
      assertThat(chunks).as("the tunnel is read without end").isLessThan(2000);
    }
    return chunks;
  }

  static TunnelMessage chunk(String service, int stream, int connection) {
    ByteBuf payload = Unpooled.buffer(CHUNK).writeZero(CHUNK);
    return TunnelMessage.data(service, stream, connection, payload);
  }
}
