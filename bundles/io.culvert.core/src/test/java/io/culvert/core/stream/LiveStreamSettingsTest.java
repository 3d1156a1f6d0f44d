// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import io.culvert.wire.MessageType;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The streams of open tunnels follow changed settings of the stream bridge. */
class LiveStreamSettingsTest extends LogFixture {
  private static final String OTHER = "127.0.0.2";

  @Test
  void listenersWithoutAHostOfTheirOwnMoveAndOthersNoticeNothing() throws Exception {
    int port = TestSocket.freePort();
    Map<String, String> mappings =
        Map.of("SSH", "" + port, "WEB", "127.0.0.1:" + TestSocket.freePort());
    try (StreamsFixture tunnel = source(mappings, false, "SSH", "WEB", "DB");
        TestSocket ssh = tunnel.client("SSH")) {
      int one = tunnel.nextStreamId("STREAM_START 'SSH'");
      try (TestSocket web = tunnel.client("WEB")) {
        int two = tunnel.nextStreamId("STREAM_START 'WEB'");

        tunnel.configure(Map.of("bind.address", OTHER));

        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' " + one + " 1");
        assertThat(ssh.receiveAll()).isEqualTo("reset");
        tunnel.await(() -> tunnel.address("SSH").equals(OTHER + ":" + port));
        tunnel.await(() -> tunnel.address("DB").startsWith(OTHER + ":"));
        assertThat(tunnel.address("WEB")).isEqualTo(mappings.get("WEB"));
        tunnel.receiveData("WEB", two, 1, "x");
        assertThat(web.receive(1)).isEqualTo("x");
        TestSocket.connect(OTHER, port).close();
        assertThat(tunnel.nextSent()).startsWith("CONNECTION_START 'SSH'");
      }
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly(
            "test: service SSH moved to "
                + OTHER
                + ":"
                + port
                + ", service DB moved to a port of the system's choice on "
                + OTHER);
  }

  @Test
  void openConnectionsAreKeptWhenAListenerMovesIfSoConfigured() throws Exception {
    try (StreamsFixture tunnel = source(Map.of(), true, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");

      tunnel.configure(Map.of("bind.address", OTHER));

      tunnel.await(() -> tunnel.address("SSH").startsWith(OTHER + ":"));
      tunnel.receiveData("SSH", stream, 1, "x");
      assertThat(client.receive(1)).isEqualTo("x");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void otherSettingsLeaveListenersAlone() throws Exception {
    try (StreamsFixture tunnel = source(Map.of(), false, "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      int changes = tunnel.changes.get();

      tunnel.configure(Map.of("backlog", 5, "strict.services", true, "grace.source", 1));

      tunnel.receiveData("SSH", stream, 1, "x");
      assertThat(client.receive(1)).isEqualTo("x");
      tunnel.assertNothingSent();
      assertThat(tunnel.changes).hasValue(changes);
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  @Test
  void aSourceSendsSmallerMessagesFromTheNextConnectionOn() throws Exception {
    try (StreamsFixture tunnel = source(Map.of(), false, "SSH")) {
      tunnel.await(() -> !tunnel.address("SSH").isEmpty());

      tunnel.configure(Map.of("max.payload", 512));

      try (TestSocket client = tunnel.client("SSH")) {
        tunnel.nextStreamId("STREAM_START 'SSH'");
        client.send("x".repeat(1024));
        for (int sent = 0; sent < 1024; ) {
          String data = tunnel.nextSent();
          int length = data.length() - data.indexOf('x');
          assertThat(length).isBetween(1, 512);
          sent += length;
        }
      }
    }
  }

  @Test
  void aTunnelThatIsPausedReadsOnWithLargerBuffers() throws Exception {
    try (StreamsFixture tunnel = source(Map.of(), false, "SSH")) {
      tunnel.configure(Map.of("buffer.connection", 128, "buffer.tunnel", 256));
      try (TestSocket reader = tunnel.client("SSH")) {
        int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
        tunnel.run(
            () -> {
              Flood.fill(tunnel, "SSH", stream, 1);

              tunnel.configure(Map.of("buffer.tunnel", 8192));
              assertThat(tunnel.isReading()).isTrue();
              tunnel.configure(Map.of("buffer.connection", 128));
              assertThat(tunnel.isReading()).isFalse();
            });
        assertThat(reader.receive(1)).hasSize(1);
      }
    }
  }

  @Test
  void aDestinationConnectsFromTheNewAddressFromTheNextConnectionOn() throws Exception {
    try (ServerSocket server = TestSocket.server();
        StreamsFixture tunnel =
            StreamsFixture.destination(
                Map.of("SSH", "127.0.0.1:" + server.getLocalPort()), Map.of(), "SSH")) {
      tunnel.receiveControl(MessageType.STREAM_START, "SSH", 7, 1);
      try (TestSocket first = TestSocket.accept(server)) {
        tunnel.configure(Map.of("bind.address", OTHER));

        tunnel.receiveControl(MessageType.CONNECTION_START, "SSH", 7, 2);
        try (TestSocket second = TestSocket.accept(server)) {
          assertThat(first.peer()).isEqualTo("127.0.0.1");
          assertThat(second.peer()).isEqualTo(OTHER);
          tunnel.receiveData("SSH", 7, 1, "x");
          assertThat(first.receive(1)).isEqualTo("x");
        }
      }
    }
  }

  private static StreamsFixture source(
      Map<String, String> common, boolean keep, String... services) {
    StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.SOURCE,
            new ServiceMappings(Map.of(), common, keep, Shares.EQUAL),
            null,
            Map.of());
    tunnel.up(services);
    return tunnel;
  }
}
