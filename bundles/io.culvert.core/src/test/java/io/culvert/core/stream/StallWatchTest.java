// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.Flood.CHUNK;
import static io.culvert.core.stream.Flood.SMALL;
import static io.culvert.core.stream.Flood.chunk;
import static io.culvert.core.stream.Flood.fill;
import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.MessageType;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readers that take nothing lose their connection when they hold up others. */
class StallWatchTest {
  @Test
  void stalledConnectionIsResetWhenItHoldsUpOthers() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH", "HTTP");
        TestSocket stuck = tunnel.client("SSH")) {
      int one = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket other = tunnel.client("HTTP")) {
        int two = tunnel.nextStreamId("STREAM_START 'HTTP'");
        fill(tunnel, "SSH", one, 1);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + one + " 1");
        tunnel.await(tunnel::isReading);
        assertThat(String.valueOf(tunnel.status("SSH").failure())).contains("CLV-STALLED");
        tunnel.receiveData("HTTP", two, 1, "free");
        assertThat(other.receive(4)).isEqualTo("free");
      }
    }
  }

  @Test
  void loneConnectionMayBeSlowForEver() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      int chunks = fill(tunnel, "SSH", stream, 1);
      // Three times the stall time-out, on the clock of the event loop.
      tunnel.loop.schedule(() -> {}, 3, TimeUnit.SECONDS).get();
      assertThat(tunnel.status("SSH").connections()).isOne();
      assertThat(client.receive(chunks * CHUNK)).hasSize(chunks * CHUNK);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void tunnelThatThreeStuckReadersFillTogetherIsFreedAgain() throws Exception {
    Map<String, Object> settings =
        Map.of("buffer.connection", 1024, "buffer.tunnel", 256, "stall.timeout", 1000L);
    try (StreamsFixture tunnel = source(null, settings, "SSH");
        TestSocket one = tunnel.client("SSH");
        TestSocket two = tunnel.client("SSH");
        TestSocket three = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.nextSent();
      tunnel.nextSent();
      for (int connection = 1; tunnel.isReading(); connection = connection % 3 + 1) {
        tunnel.receive(chunk("SSH", stream, connection));
      }
      tunnel.await(tunnel::isReading);
      assertThat(tunnel.nextSent()).startsWith("CONNECTION_RESET 'SSH' " + stream);
    }
  }

  @Test
  void connectionsThatThePeerHasEndedAreResetWhenTheyFillTheTunnel() throws Exception {
    Map<String, Object> settings =
        Map.of("buffer.connection", 256, "buffer.tunnel", 256, "stall.timeout", 1000L);
    try (StreamsFixture tunnel = source(null, settings, "SSH");
        TestSocket stuck = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      fill(tunnel, "SSH", stream, 1);
      tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
      assertThat(tunnel.isReading()).isFalse();
      tunnel.await(tunnel::isReading);
    }
  }
}
