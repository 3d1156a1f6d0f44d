// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.Flood.CHUNK;
import static io.culvert.core.stream.Flood.SMALL;
import static io.culvert.core.stream.Flood.chunk;
import static io.culvert.core.stream.Flood.fill;
import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ReceiveStatus;
import io.culvert.api.SendStatus;
import io.culvert.wire.MessageType;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A slow local reader makes its tunnel wait, and nothing is lost. */
class FlowControlTest {
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
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", stream, 1);
            assertThat(held(tunnel))
                .isBetween(128 << 10, (128 << 10) + CHUNK + ReceiveBudget.OVERHEAD - 1);
          });
    }
  }

  @Test
  void smallMessagesCostMoreThanTheirBytes() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", stream, 1);
            int before = held(tunnel);
            tunnel.receiveData("SSH", stream, 1, "x");
            assertThat(held(tunnel)).isEqualTo(before + 1 + ReceiveBudget.OVERHEAD);
          });
    }
  }

  @Test
  void statusTellsWhatWaitsAndWhyTheTunnelIsNotRead() throws Exception {
    try (StreamsFixture tunnel = source(null, SMALL, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", stream, 1);
            ReceiveStatus full = tunnel.streams.receiving();
            assertThat(full.waiting()).isEqualTo(held(tunnel)).isPositive();
            assertThat(full.limit()).isEqualTo(256 << 10);
            assertThat(full.connections()).isOne();
            assertThat(full.full()).isOne();
            assertThat(full.paused()).isTrue();
          });
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
  void largeAnswerBehindTheClientsFinIsDeliveredWhole() throws Exception {
    int chunks = 120;
    for (boolean epoll : new boolean[] {true, false}) {
      try (StreamsFixture tunnel = source(null, Map.of("native.transport", epoll), "SSH");
          TestSocket client = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        client.send("GET");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 GET");
        client.finish();
        tunnel.await(() -> tunnel.call(() -> tunnel.connection("SSH").isHalfClosed()));
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
      tunnel.run(
          () -> {
            fill(tunnel, "SSH", stream, 1);
            tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
            assertThat(tunnel.isReading()).isTrue();
            assertThat(held(tunnel)).isPositive();
          });
    }
  }
}
