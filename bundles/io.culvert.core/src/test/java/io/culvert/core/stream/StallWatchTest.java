// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.Flood.CHUNK;
import static io.culvert.core.stream.Flood.SMALL;
import static io.culvert.core.stream.Flood.chunk;
import static io.culvert.core.stream.Flood.fill;
import static io.culvert.core.stream.Flood.keepFull;
import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.MessageType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readers that take nothing lose their connection when they hold up others. */
class StallWatchTest extends LogFixture {
  @Test
  void stalledConnectionIsResetWhenItHoldsUpOthers() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH", "HTTP");
        TestSocket stuck = tunnel.client("SSH")) {
      int one = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket other = tunnel.client("HTTP")) {
        int two = tunnel.nextStreamId("STREAM_START 'HTTP'");
        keepFull(tunnel, "SSH", one, 1, tunnel::hasSent);
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
      // Three times the stall time-out, on the clock of the event loop.
      Future<?> end = tunnel.loop.schedule(() -> {}, 3, TimeUnit.SECONDS);
      int chunks = keepFull(tunnel, "SSH", stream, 1, end::isDone);
      assertThat(tunnel.status("SSH").connections()).isOne();
      assertThat(client.receive(chunks * CHUNK)).hasSize(chunks * CHUNK);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void tunnelThatThreeConnectionsFillTogetherIsFreedAgain() throws Exception {
    try (Socket nobody = nobody();
        StreamsFixture tunnel = waiting(nobody, 1024)) {
      tunnel.receiveControl(MessageType.STREAM_START, "SSH", 7, 1);
      tunnel.receiveControl(MessageType.CONNECTION_START, "SSH", 7, 2);
      tunnel.receiveControl(MessageType.CONNECTION_START, "SSH", 7, 3);
      tunnel.run(
          () -> {
            for (int connection = 1; tunnel.isReading(); connection = connection % 3 + 1) {
              tunnel.receive(chunk("SSH", 7, connection));
            }
            assertThat(tunnel.streams.receiving().connections()).isEqualTo(3);
            assertThat(tunnel.streams.receiving().full()).isZero();
          });
      tunnel.await(tunnel::isReading);
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      assertThat(tunnel.status("SSH").connections()).isEqualTo(2);
      tunnel.assertNothingSent();
    }
  }

  /** If the kernel takes all of it in the end, the tunnel is freed by that. */
  @Test
  void connectionsThatThePeerHasEndedFillTheTunnelForATimeOnly() throws Exception {
    Map<String, Object> settings =
        Map.of("buffer.connection", 256, "buffer.tunnel", 256, "stall.timeout", 1000L);
    try (StreamsFixture tunnel = source(null, settings, "SSH");
        TestSocket stuck = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", stream, 1);
            tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
            assertThat(tunnel.isReading()).isFalse();
          });
      tunnel.await(tunnel::isReading);
    }
  }

  @Test
  void connectionsThatThePeerHasEndedAreResetWhenTheyFillTheTunnel() throws Exception {
    try (Socket nobody = nobody();
        StreamsFixture tunnel = waiting(nobody, 256)) {
      tunnel.receiveControl(MessageType.STREAM_START, "SSH", 7, 1);
      // An attempt that fails after the end would free it, too.
      tunnel.await(() -> logs.lines().stream().anyMatch(line -> line.contains("trying again")));
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", 7, 1);
            tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", 7, 1);
            assertThat(tunnel.isReading()).isFalse();
          });
      tunnel.await(tunnel::isReading);
      assertThat(tunnel.call(() -> tunnel.streams.traffic().budget().held())).isZero();
      tunnel.assertNothingSent();
    }
  }

  /** Holds a port that nobody listens on. */
  private static Socket nobody() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  /**
   * A tunnel whose application is not there and is not asked for again soon, so that all that comes
   * for it waits, and no kernel takes any.
   */
  private static StreamsFixture waiting(Socket application, int connectionKib) {
    return destination(
        Map.of("SSH", "127.0.0.1:" + application.getLocalPort()),
        Map.of(
            "buffer.connection",
            connectionKib,
            "buffer.tunnel",
            256,
            "stall.timeout",
            1000L,
            "tcp.retry.count",
            -1,
            "tcp.retry.delay",
            600_000L),
        "SSH");
  }
}
