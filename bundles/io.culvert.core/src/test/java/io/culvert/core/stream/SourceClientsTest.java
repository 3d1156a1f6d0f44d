// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.wire.MessageType;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a source waits for clients, and how many it lets in. */
class SourceClientsTest {
  private static final Map<String, Object> ONE =
      Map.of(
          "max.connections", 1,
          "buffer.connection", 128,
          "buffer.tunnel", 256,
          "stall.timeout", 1000L);

  @Test
  void clientsCanWaitForTheWebSocket() throws Exception {
    try (StreamsFixture tunnel = source(null, Map.of("queue.while.down", true), "SSH")) {
      tunnel.await(() -> tunnel.status("SSH").address() != null);
      tunnel.down();
      try (TestSocket client = tunnel.client("SSH")) {
        client.send("patient");
        tunnel.assertNothingSent();
        tunnel.up("SSH");
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' " + stream + " 1 patient");
      }
    }
  }

  @Test
  void portInUseIsSaidAndTriedAgainWhileOtherServicesWork() throws Exception {
    try (ServerSocket taken = TestSocket.server()) {
      int port = taken.getLocalPort();
      try (StreamsFixture tunnel =
          new StreamsFixture(
              TunnelMode.SOURCE,
              Map.of("SSH", String.valueOf(port)),
              null,
              Map.of("tcp.retry.delay", 20L, "tcp.retry.count", -1))) {
        tunnel.up("SSH", "HTTP");
        tunnel.await(() -> tunnel.status("SSH").failure() != null);
        assertThat(String.valueOf(tunnel.status("SSH").failure()))
            .contains("CLV-LISTEN", "SSH", "localhost:" + port);
        try (TestSocket http = tunnel.client("HTTP")) {
          tunnel.nextStreamId("STREAM_START 'HTTP'");
        }
        taken.close();
        try (TestSocket ssh = tunnel.client("SSH")) {
          tunnel.nextStreamId("STREAM_START 'SSH'");
          assertThat(tunnel.status("SSH").failure()).isNull();
        }
      }
    }
  }

  @Test
  void tunnelThatCanListenForNothingFails() throws Exception {
    try (ServerSocket taken = TestSocket.server();
        StreamsFixture tunnel =
            new StreamsFixture(
                TunnelMode.SOURCE,
                Map.of("SSH", String.valueOf(taken.getLocalPort())),
                null,
                Map.of("tcp.retry.delay", 10L, "tcp.retry.count", 2))) {
      tunnel.up("SSH");
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      assertThat(tunnel.nextEvent())
          .startsWith("failed CLV-LISTEN")
          .contains("localhost:" + taken.getLocalPort(), "in use", "given up after 3 attempts")
          .doesNotContain("error(");
    }
  }

  @Test
  void connectionsBeyondTheMaximumAreRefused() throws Exception {
    try (StreamsFixture tunnel = source(null, Map.of("max.connections", 1), "SSH");
        TestSocket one = tunnel.client("SSH")) {
      tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket two = tunnel.client("SSH")) {
        assertThat(two.receiveAll()).isEqualTo("reset");
      }
      tunnel.assertNothingSent();
    }
  }

  @Test
  void connectionsWhoseClientsAreGoneMakeRoomForOthers() throws Exception {
    Map<String, Object> settings = Map.of("max.connections", 2, "grace.source", 86_400_000L);
    try (StreamsFixture tunnel = source(null, settings, "SSH");
        TestSocket stays = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      for (int id = 2; id < 50; id++) {
        TestSocket client = tunnel.client("SSH");
        if (id > 2) {
          assertThat(tunnel.nextSent())
              .isEqualTo("CONNECTION_RESET 'SSH' " + stream + " " + (id - 1));
        }
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_START 'SSH' " + stream + " " + id);
        client.close();
        tunnel.await(() -> tunnel.call(() -> spare(tunnel)) == 1);
      }
      tunnel.receiveData("SSH", stream, 1, "stays");
      assertThat(stays.receive(5)).isEqualTo("stays");
    }
  }

  @Test
  void clientThatTakesNothingMakesRoomWhenThePeerHasEndedItsConnection() throws Exception {
    try (StreamsFixture tunnel = source(null, ONE, "SSH");
        TestSocket stuck = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      Connection connection = tunnel.call(() -> tunnel.connection("SSH"));
      Flood.fill(tunnel, "SSH", stream, 1);
      tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
      tunnel.await(() -> tunnel.call(connection::isSpare));
      assertThat(tunnel.call(connection::isDraining)).as("lives on while it is alone").isTrue();

      try (TestSocket next = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_START 'SSH' " + stream + " 2");
        assertThat(stuck.receiveAll()).endsWith("reset");
        assertThat(String.valueOf(tunnel.status("SSH").failure())).contains("CLV-STALLED");
        assertThat(tunnel.call(tunnel.streams::receiving).waiting()).isZero();
        tunnel.receiveData("SSH", stream, 2, "hello");
        assertThat(next.receive(5)).isEqualTo("hello");
      }
    }
  }

  @Test
  void clientThatIsSlowForAMomentKeepsItsPlace() throws Exception {
    Map<String, Object> patient = new HashMap<>(ONE);
    patient.put("stall.timeout", 3_600_000L);
    try (StreamsFixture tunnel = source(null, patient, "SSH");
        TestSocket slow = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      int chunks = Flood.fill(tunnel, "SSH", stream, 1);
      tunnel.receiveControl(MessageType.CONNECTION_RESET, "SSH", stream, 1);
      try (TestSocket next = tunnel.client("SSH")) {
        assertThat(next.receiveAll()).isEqualTo("reset");
      }
      assertThat(slow.receiveAll()).hasSize(chunks * Flood.CHUNK);
    }
  }

  private static long spare(StreamsFixture tunnel) {
    return tunnel.streams.services().all().stream()
        .flatMap(stream -> stream.connections().stream())
        .filter(Connection::isSpare)
        .count();
  }
}
