// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ReceiveStatus;
import io.culvert.api.SendStatus;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a slow or dead local reader does to its tunnel: nothing but wait, or lose itself. */
class FlowControlTest {
  private static final int CHUNK = 60_000;
  private static final Map<String, Object> SMALL =
      Map.of("buffer.connection", 128, "buffer.tunnel", 256, "stall.timeout", 1000L);

  /** Sends chunks until the tunnel is not read any more; returns how many. */
  private static int fill(StreamsFixture tunnel, String service, int stream, int connection) {
    int chunks = 0;
    while (tunnel.isReading()) {
      tunnel.receive(chunk(service, stream, connection));
      chunks++;
      assertThat(chunks).as("the tunnel is read without end").isLessThan(2000);
    }
    return chunks;
  }

  private static TunnelMessage chunk(String service, int stream, int connection) {
    ByteBuf payload = Unpooled.buffer(CHUNK).writeZero(CHUNK);
    return TunnelMessage.data(service, stream, connection, payload);
  }

  @Test
  void slowReaderPausesTheTunnelAndLosesNothing() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      int chunks = fill(tunnel, "SSH", stream, 1);
      assertThat(client.receive(chunks * CHUNK)).hasSize(chunks * CHUNK);
      tunnel.await(tunnel::isReading);
      assertThat(tunnel.call(() -> held(tunnel))).isZero();
    }
  }

  @Test
  void heldBytesStayWithinTheConnectionsBudgetAndOneBurst() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      fill(tunnel, "SSH", stream, 1);
      assertThat(tunnel.call(() -> held(tunnel)))
          .isLessThan((128 << 10) + CHUNK + ReceiveBudget.OVERHEAD);
    }
  }

  @Test
  void smallMessagesCostMoreThanTheirBytes() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      fill(tunnel, "SSH", stream, 1);
      int before = tunnel.call(() -> held(tunnel));
      tunnel.receiveData("SSH", stream, 1, "x");
      assertThat(tunnel.call(() -> held(tunnel))).isEqualTo(before + 1 + ReceiveBudget.OVERHEAD);
    }
  }

  @Test
  void statusTellsWhatWaitsAndWhyTheTunnelIsNotRead() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      fill(tunnel, "SSH", stream, 1);
      ReceiveStatus full = tunnel.call(tunnel.streams::receiving);
      assertThat(full.waiting()).isEqualTo((long) tunnel.call(() -> held(tunnel))).isPositive();
      assertThat(full.limit()).isEqualTo(256 << 10);
      assertThat(full.connections()).isOne();
      assertThat(full.full()).isOne();
      assertThat(full.paused()).isTrue();
      client.close();
      tunnel.await(() -> tunnel.call(tunnel.streams::receiving).waiting() == 0);
      assertThat(tunnel.call(tunnel.streams::receiving))
          .isEqualTo(new ReceiveStatus(0, 256 << 10, 0, 0, false));
    }
  }

  @Test
  void statusTellsHowFastBulkIsSent() throws Exception {
    Map<String, Object> settings = Map.of("link.rate", "1000000");
    try (StreamsFixture tunnel = source(null, settings, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.setWritable(false);
      client.send("waits");
      tunnel.await(() -> tunnel.call(tunnel.streams::sending).waiting() == 1);
      SendStatus sending = tunnel.call(tunnel.streams::sending);
      assertThat(sending.pacing()).isEqualTo("FIXED");
      assertThat(sending.linkRate()).isEqualTo(1_000_000);
      assertThat(sending.rate()).isBetween(900_000L, 1_000_000L);
      tunnel.configure(Map.of("link.rate", "off"));
      assertThat(tunnel.call(tunnel.streams::sending).pacing()).isEqualTo("OFF");
    }
  }

  private static int held(StreamsFixture tunnel) {
    return tunnel.streams.traffic().budget().held();
  }

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
    Map<String, Object> settings =
        Map.of("buffer.connection", 128, "buffer.tunnel", 256, "stall.timeout", 1000L);
    try (StreamsFixture tunnel = source(null, settings, "SSH");
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
      Map<String, Object> settings = Map.of("native.transport", epoll, "grace.source", 0L);
      try (StreamsFixture tunnel = source(null, settings, "SSH");
          TestSocket client = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.setWritable(false);
        String text = "0123456789".repeat(50_000);
        client.send(text);
        client.finish();
        tunnel.await(() -> tunnel.call(() -> tunnel.streams.outbox().waiting()) == 1);
        tunnel.settle();
        assertThat(tunnel.call(() -> only(tunnel).flow().chunks())).isOne();
        tunnel.setWritable(true);
        assertThat(dataUntilReset(tunnel, stream)).isEqualTo(text);
      }
    }
  }

  @Test
  void shortRemainderInFrontOfAFinIsNotLost() throws Exception {
    for (boolean epoll : new boolean[] {true, false}) {
      Map<String, Object> settings = Map.of("native.transport", epoll, "grace.source", 0L);
      try (StreamsFixture tunnel = source(null, settings, "SSH");
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

  @Test
  void largeAnswerBehindTheClientsFinIsDeliveredWhole() throws Exception {
    int chunks = 120;
    for (boolean epoll : new boolean[] {true, false}) {
      try (StreamsFixture tunnel = source(null, Map.of("native.transport", epoll), "SSH");
          TestSocket client = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        client.send("GET");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 GET");
        client.finish();
        tunnel.await(() -> tunnel.call(() -> only(tunnel).isHalfClosed()));
        FutureTask<String> answer = new FutureTask<>(() -> client.receive(chunks * CHUNK));
        int sent = 0;
        while (sent < chunks && tunnel.isReading()) {
          tunnel.receive(chunk("SSH", stream, 1));
          sent++;
        }
        new Thread(answer).start();
        for (; sent < chunks; sent++) {
          tunnel.await(tunnel::isReading);
          tunnel.receive(chunk("SSH", stream, 1));
        }
        assertThat(answer.get(20, TimeUnit.SECONDS)).hasSize(chunks * CHUNK);
        tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
        assertThat(client.receiveAll()).isEmpty();
        tunnel.assertNothingSent();
      }
    }
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
  void lostWebSocketLeavesWhatWasAlreadyEndedToBeDelivered() throws Exception {
    try (StreamsFixture tunnel = source("SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      for (int i = 0; i < 60; i++) {
        tunnel.receive(chunk("SSH", stream, 1));
      }
      tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
      tunnel.down();
      assertThat(client.receiveAll()).hasSize(60 * CHUNK);
    }
  }

  @Test
  void connectionThatThePeerHasEndedDoesNotPauseTheTunnel() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket stuck = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      fill(tunnel, "SSH", stream, 1);
      tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
      assertThat(tunnel.isReading()).isTrue();
      assertThat(tunnel.call(() -> held(tunnel))).isPositive();
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

  private static Connection only(StreamsFixture tunnel) {
    return tunnel.streams.services().get("SSH").connections().get(0);
  }
}
