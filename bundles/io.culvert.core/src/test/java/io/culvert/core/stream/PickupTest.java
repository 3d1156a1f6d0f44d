// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What local sockets bring is read only as fast as the tunnel takes it, and to the end. */
class PickupTest {
  @Test
  void oneChunkPerConnectionWaitsForTheTunnel() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        tunnel.nextSent();
        tunnel.setWritable(false);
        one.send("1");
        two.send("2");
        tunnel.settle();
        tunnel.await(() -> tunnel.call(() -> tunnel.streams.outbox().waiting()) == 2);
        one.send("3");
        tunnel.assertNothingSent();
        tunnel.setWritable(true);
        assertThat(tunnel.nextSent()).startsWith("DATA 'SSH' " + stream);
        assertThat(tunnel.nextSent()).startsWith("DATA 'SSH' " + stream);
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 3");
      }
    }
  }

  @Test
  void controlMessagesOvertakeData() throws Exception {
    try (StreamsFixture tunnel = source("SSH", "HTTP");
        TestSocket one = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.setWritable(false);
      one.send("bulk");
      tunnel.await(() -> tunnel.call(() -> tunnel.streams.outbox().waiting()) == 1);
      try (TestSocket two = tunnel.client("HTTP")) {
        tunnel.await(() -> tunnel.status("HTTP").connections() == 1);
        tunnel.setWritable(true);
        tunnel.nextStreamId("STREAM_START 'HTTP'");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 bulk");
      }
    }
  }

  @Test
  void whatTheKernelHoldsBehindAFinIsReadOnlyAsFastAsTheTunnelTakesIt() throws Exception {
    for (boolean epoll : new boolean[] {true, false}) {
      try (StreamsFixture tunnel = withoutGrace(epoll);
          TestSocket client = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.setWritable(false);
        String text = "0123456789".repeat(50_000);
        client.send(text);
        client.finish();
        tunnel.await(() -> tunnel.call(() -> tunnel.streams.outbox().waiting()) == 1);
        tunnel.settle();
        assertThat(tunnel.call(() -> tunnel.connection("SSH").flow().chunks())).isOne();
        tunnel.setWritable(true);
        assertThat(dataUntilReset(tunnel, stream)).isEqualTo(text);
      }
    }
  }

  @Test
  void shortRemainderInFrontOfAFinIsNotLost() throws Exception {
    for (boolean epoll : new boolean[] {true, false}) {
      try (StreamsFixture tunnel = withoutGrace(epoll);
          TestSocket client = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.setWritable(false);
        client.send("first");
        tunnel.await(() -> tunnel.call(() -> tunnel.streams.outbox().waiting()) == 1);
        client.send("x".repeat(20_000));
        client.finish();
        tunnel.settle();
        tunnel.settle();
        tunnel.setWritable(true);
        assertThat(dataUntilReset(tunnel, stream)).hasSize(20_005);
      }
    }
  }

  private static StreamsFixture withoutGrace(boolean epoll) {
    return source(null, Map.of("native.transport", epoll, "grace.source", 0L), "SSH");
  }

  /** Returns what one connection sends until it ends. */
  private static String dataUntilReset(StreamsFixture tunnel, int stream) {
    StringBuilder received = new StringBuilder();
    String data = "DATA 'SSH' " + stream + " 1 ";
    String message = tunnel.nextSent();
    while (message.startsWith(data)) {
      received.append(message.substring(data.length()));
      message = tunnel.nextSent();
    }
    assertThat(message).isEqualTo("CONNECTION_RESET 'SSH' " + stream + " 1");
    return received.toString();
  }
}
