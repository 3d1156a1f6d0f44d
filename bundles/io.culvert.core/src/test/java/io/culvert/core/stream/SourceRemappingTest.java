// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import io.culvert.core.connect.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of a source whose mappings change while the tunnel is up. */
class SourceRemappingTest {
  private LogCapture logs;

  @BeforeEach
  void listen() {
    logs = new LogCapture();
  }

  @AfterEach
  void stop() {
    logs.close();
  }

  @ParameterizedTest
  @CsvSource({
    "V1, '', 0, STREAM_RESET",
    "V2, SSH, 0, STREAM_RESET",
    "V3, SSH, 1, CONNECTION_RESET"
  })
  void aMovedServiceIsResetAtBothEndsAndListensAtTheNewPlace(
      ProtocolVersion version, String id, int connection, String end) throws Exception {
    int one = free();
    int two = free();
    try (StreamsFixture tunnel = source(at(one), version, Map.of(), "SSH")) {
      int stream;
      try (TestSocket client = tunnel.client("SSH")) {
        stream = tunnel.nextStreamId("STREAM_START '" + id + "'");

        tunnel.remap(at(two));

        assertThat(tunnel.nextSent()).isEqualTo(end + " '" + id + "' " + stream + " " + connection);
        assertThat(client.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      bind(one).close();
      try (TestSocket client = tunnel.client("SSH")) {
        String next = version == ProtocolVersion.V3 ? "CONNECTION_START" : "STREAM_START";
        assertThat(tunnel.nextSent()).startsWith(next + " '" + id + "'");
        client.send("x");
        assertThat(tunnel.nextSent()).startsWith("DATA '" + id + "'").endsWith(" x");
      }
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly("test: service SSH moved to localhost:" + two);
    assertThat(logs.infos(ServiceListener.class))
        .containsExactly(
            "test: service SSH listens on 127.0.0.1:" + one,
            "test: service SSH listens on 127.0.0.1:" + two);
    assertThat(logs.warnings()).isEmpty();
  }

  @Test
  void otherServicesNoticeNothing() throws Exception {
    int one = free();
    int two = free();
    int three = free();
    try (StreamsFixture tunnel =
            source(at("SSH", one, "HTTP", two), null, Map.of(), "SSH", "HTTP");
        TestSocket http = tunnel.client("HTTP")) {
      int stream = tunnel.nextStreamId("STREAM_START 'HTTP'");
      tunnel.client("SSH").close();
      tunnel.nextStreamId("STREAM_START 'SSH'");

      tunnel.remap(at("SSH", three, "HTTP", two));
      assertThat(address(tunnel, "HTTP")).endsWith(":" + two);
      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + three));

      tunnel.receiveData("HTTP", stream, 1, "undisturbed");
      assertThat(http.receive(11)).isEqualTo("undisturbed");
      assertThat(tunnel.status("HTTP").connections()).isEqualTo(1);
      tunnel.client("HTTP").close();
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly("test: service SSH moved to localhost:" + three);
  }

  @Test
  void keptConnectionsGoOnWhileTheListenerMoves() throws Exception {
    int one = free();
    int two = free();
    try (StreamsFixture tunnel = source(at(one), null, Map.of(), "SSH");
        TestSocket old = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");

      tunnel.remapKeeping(at(two));

      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      try (TestSocket fresh = tunnel.client("SSH")) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_START 'SSH' " + stream + " 2");
        tunnel.receiveData("SSH", stream, 1, "old");
        tunnel.receiveData("SSH", stream, 2, "new");
        assertThat(old.receive(3)).isEqualTo("old");
        assertThat(fresh.receive(3)).isEqualTo("new");
      }
    }
  }

  @Test
  void aServiceThatLosesItsMappingGetsAPortAndKeepsIt() throws Exception {
    int one = free();
    try (StreamsFixture tunnel = source(at(one), null, Map.of(), "SSH")) {
      tunnel.await(() -> !address(tunnel, "SSH").isEmpty());

      tunnel.remap(Map.of());

      tunnel.await(() -> !address(tunnel, "SSH").isEmpty());
      String chosen = address(tunnel, "SSH");
      assertThat(chosen).doesNotEndWith(":" + one);
      // What is mapped to no port in particular, or not at all, is the same.
      tunnel.remap(Map.of("SSH", "0"));
      tunnel.remap(Map.of("", "0", "HTTP", "80"));
      tunnel.down();
      tunnel.up("SSH");
      assertThat(address(tunnel, "SSH")).isEqualTo(chosen);
      tunnel.client("SSH").close();
      assertThat(logs.infos(ServiceListener.class))
          .containsExactly(
              "test: service SSH listens on 127.0.0.1:" + one,
              "test: service SSH listens on " + chosen);
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly("test: service SSH moved to a port of the system's choice on localhost");
  }

  @Test
  void equalMappingsInOtherWordsChangeNothing() throws Exception {
    int one = free();
    try (StreamsFixture tunnel = source(at(one), null, Map.of(), "SSH");
        TestSocket client = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");
      int changes = tunnel.changes.get();
      tunnel.remap(at(one));
      tunnel.remap(Map.of("SSH", "localhost:" + one));
      tunnel.remap(Map.of("", String.valueOf(one)));
      tunnel.receiveData("SSH", stream, 1, "x");
      assertThat(client.receive(1)).isEqualTo("x");
      tunnel.assertNothingSent();
      assertThat(tunnel.changes).hasValue(changes);
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoServicesExchangeTheirPorts(boolean epoll) throws Exception {
    int one = free();
    int two = free();
    // Without another attempt: the ports must be free when they are wanted.
    Map<String, Object> settings = Map.of("native.transport", epoll, "tcp.retry.count", 0);
    try (StreamsFixture tunnel =
        source(at("SSH", one, "HTTP", two), null, settings, "SSH", "HTTP")) {
      tunnel.client("SSH").close();
      tunnel.client("HTTP").close();

      tunnel.remap(at("SSH", two, "HTTP", one));

      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      tunnel.await(() -> address(tunnel, "HTTP").endsWith(":" + one));
    }
    assertThat(logs.warnings()).isEmpty();
    assertThat(logs.infos(TunnelStreams.class)).hasSize(1);
  }

  @Test
  void aNewPlaceThatIsTakenFailsTheServiceUntilItIsMovedAgain() throws Exception {
    int one = free();
    int two = free();
    try (ServerSocket taken = TestSocket.server();
        StreamsFixture tunnel =
            source(at(one), null, Map.of("tcp.retry.delay", 5L, "tcp.retry.count", 2), "SSH")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.await(() -> !address(tunnel, "SSH").isEmpty());

      tunnel.remap(at(taken.getLocalPort()));

      tunnel.await(
          () -> String.valueOf(tunnel.status("SSH").failure()).contains("given up after 3"));
      assertThat(tunnel.status("SSH").address()).isNull();
      bind(one).close();
      assertThat(tunnel.events).isEmpty();

      tunnel.remap(at(two));
      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      assertThat(tunnel.status("SSH").failure()).isNull();
      assertThat(tunnel.events).isEmpty();
    }
  }

  @Test
  void aListenerThatCouldNotBindStopsTryingWhenItMoves() throws Exception {
    int two = free();
    try (ServerSocket taken = TestSocket.server();
        StreamsFixture tunnel =
            source(
                at(taken.getLocalPort()),
                null,
                Map.of("tcp.retry.delay", 5L, "tcp.retry.count", -1),
                "SSH")) {
      tunnel.await(() -> tunnel.status("SSH").failure() != null);
      tunnel.remap(at(two));
      assertThat(tunnel.status("SSH").failure()).isNull();
      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      int port = taken.getLocalPort();
      taken.close();
      bind(port).close();
      assertThat(address(tunnel, "SSH")).endsWith(":" + two);
    }
  }

  @Test
  void aListenerMovesWhileTheTunnelIsDownAndItsWaitingClientsEnd() throws Exception {
    int one = free();
    int two = free();
    int three = free();
    try (StreamsFixture tunnel = source(at(one), null, Map.of("queue.while.down", true), "SSH")) {
      tunnel.await(() -> !address(tunnel, "SSH").isEmpty());
      tunnel.down();
      try (TestSocket waiting = tunnel.client("SSH")) {
        waiting.send("x");
        tunnel.await(() -> logs.lines().stream().anyMatch(line -> line.contains("waits")));
        tunnel.remap(at(two));
        assertThat(waiting.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> address(tunnel, "SSH").endsWith(":" + two));
      try (TestSocket patient = tunnel.client("SSH")) {
        patient.send("y");
        tunnel.await(
            () -> logs.lines().stream().filter(line -> line.contains("waits")).count() == 2);
        tunnel.remapKeeping(at(three));
        tunnel.up("SSH");
        tunnel.nextStreamId("STREAM_START 'SSH'");
        assertThat(tunnel.nextSent()).startsWith("DATA 'SSH'").endsWith(" y");
      }
    }
  }

  @Test
  void mappingsOfTheTunnelItselfGoBeforeChangedCommonOnes() throws Exception {
    int one = free();
    ServiceMappings mappings =
        new ServiceMappings(Map.of("SSH", String.valueOf(one)), Map.of(), false, Shares.EQUAL);
    try (StreamsFixture tunnel = new StreamsFixture(TunnelMode.SOURCE, mappings, null, Map.of())) {
      tunnel.up("SSH");
      tunnel.await(() -> !address(tunnel, "SSH").isEmpty());
      tunnel.remap(at(free()));
      assertThat(address(tunnel, "SSH")).endsWith(":" + one);
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  @Test
  void theOneServiceOfV1KeepsServingWithoutItsMapping() throws Exception {
    int one = free();
    try (StreamsFixture tunnel = source(at("", one), ProtocolVersion.V1, Map.of(), "SSH", "HTTP")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.await(() -> address(tunnel, "").endsWith(":" + one));
      tunnel.remap(Map.of());
      tunnel.await(() -> !address(tunnel, "").isEmpty());
      String chosen = address(tunnel, "");
      tunnel.down();
      tunnel.up("SSH", "HTTP");
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      assertThat(address(tunnel, "")).isEqualTo(chosen);
      try (TestSocket client = tunnel.client("")) {
        tunnel.nextStreamId("STREAM_START ''");
        tunnel.remap(at("", one));
        assertThat(client.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> address(tunnel, "").endsWith(":" + one));
    }
  }

  private static StreamsFixture source(
      Map<String, String> common,
      @Nullable ProtocolVersion version,
      Map<String, Object> settings,
      String... services) {
    StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.SOURCE,
            new ServiceMappings(Map.of(), common, false, Shares.EQUAL),
            version,
            settings);
    tunnel.up(services);
    return tunnel;
  }

  private static Map<String, String> at(int port) {
    return Map.of("SSH", String.valueOf(port));
  }

  private static Map<String, String> at(String id, int port) {
    return Map.of(id, String.valueOf(port));
  }

  private static Map<String, String> at(String id, int port, String other, int otherPort) {
    return Map.of(id, String.valueOf(port), other, String.valueOf(otherPort));
  }

  private static String address(StreamsFixture tunnel, String service) {
    String address = tunnel.status(service).address();
    return address == null ? "" : address;
  }

  private static int free() throws IOException {
    try (ServerSocket socket = TestSocket.server()) {
      return socket.getLocalPort();
    }
  }

  /** Binds a port, which must be free. */
  private static ServerSocket bind(int port) throws IOException {
    return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
  }
}
