// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * More than a local reader takes. How much the kernel takes of it, and when, is not fixed: it may
 * take more, so that the tunnel is read again, at any time between two steps of the event loop.
 */
final class Flood {
  static final int CHUNK = 60_000;

  /** Buffers that are full soon, and little patience with who takes nothing. */
  static final Map<String, Object> SMALL =
      Map.of("buffer.connection", 128, "buffer.tunnel", 256, "stall.timeout", 1000L);

  private static final int MOST = 2000;

  private Flood() {}

  /** Sends chunks, in one step, until the tunnel is not read any more; returns how many. */
  static int fill(StreamsFixture tunnel, String service, int stream, int connection) {
    return tunnel.call(
        () -> {
          int chunks = 0;
          while (tunnel.isReading()) {
            tunnel.receive(chunk(service, stream, connection));
            chunks++;
            assertThat(chunks).as("the tunnel is read without end").isLessThan(MOST);
          }
          return chunks;
        });
  }

  /** Sends a chunk whenever the tunnel is read, until the end; returns how many. */
  static int keepFull(
      StreamsFixture tunnel, String service, int stream, int connection, BooleanSupplier end) {
    AtomicInteger chunks = new AtomicInteger();
    tunnel.await(
        () -> {
          if (tunnel.isReading()) {
            tunnel.receive(chunk(service, stream, connection));
            assertThat(chunks.incrementAndGet()).as("the tunnel is read").isLessThan(MOST);
          }
          return end.getAsBoolean();
        });
    return chunks.get();
  }

  static TunnelMessage chunk(String service, int stream, int connection) {
    ByteBuf payload = Unpooled.buffer(CHUNK).writeZero(CHUNK);
    return TunnelMessage.data(service, stream, connection, payload);
  }
}
