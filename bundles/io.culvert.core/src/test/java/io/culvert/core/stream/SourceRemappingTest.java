// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of a source whose mappings change while the tunnel is up. */
class SourceRemappingTest extends SourceRemappingFixture {
  @ParameterizedTest
  @CsvSource({
    "V1, '', 0, STREAM_RESET",
    "V2, SSH, 0, STREAM_RESET",
    "V3, SSH, 1, CONNECTION_RESET"
  })
  void aMovedServiceIsResetAtBothEndsAndListensAtTheNewPlace(
      ProtocolVersion version, String id, int connection, String end) throws Exception {
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    try (StreamsFixture tunnel = source(at(one), version, Map.of(), "SSH")) {
      int stream;
      try (TestSocket client = tunnel.client("SSH")) {
        stream = tunnel.nextStreamId("STREAM_START '" + id + "'");

        tunnel.remap(at(two));

        assertThat(tunnel.nextSent()).isEqualTo(end + " '" + id + "' " + stream + " " + connection);
        assertThat(client.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
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
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    int three = TestSocket.freePort();
    try (StreamsFixture tunnel =
            source(at("SSH", one, "HTTP", two), null, Map.of(), "SSH", "HTTP");
        TestSocket http = tunnel.client("HTTP")) {
      int stream = tunnel.nextStreamId("STREAM_START 'HTTP'");
      tunnel.client("SSH").close();
      tunnel.nextStreamId("STREAM_START 'SSH'");

      tunnel.remap(at("SSH", three, "HTTP", two));
      assertThat(tunnel.address("HTTP")).endsWith(":" + two);
      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + three));

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
    int one = TestSocket.freePort();
    int two = TestSocket.freePort();
    try (StreamsFixture tunnel = source(at(one), null, Map.of(), "SSH");
        TestSocket old = tunnel.client("SSH")) {
      int stream = tunnel.nextStreamId("STREAM_START 'SSH'");

      tunnel.remapKeeping(at(two));

      tunnel.await(() -> tunnel.address("SSH").endsWith(":" + two));
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
    int one = TestSocket.freePort();
    try (StreamsFixture tunnel = source(at(one), null, Map.of(), "SSH")) {
      tunnel.await(() -> !tunnel.address("SSH").isEmpty());

      tunnel.remap(Map.of());

      tunnel.await(() -> !tunnel.address("SSH").isEmpty());
      String chosen = tunnel.address("SSH");
      assertThat(chosen).doesNotEndWith(":" + one);
      // What is mapped to no port in particular, or not at all, is the same.
      tunnel.remap(Map.of("SSH", "0"));
      tunnel.remap(Map.of("", "0", "HTTP", "80"));
      tunnel.down();
      tunnel.up("SSH");
      assertThat(tunnel.address("SSH")).isEqualTo(chosen);
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
    int one = TestSocket.freePort();
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

  @Test
  void mappingsOfTheTunnelItselfGoBeforeChangedCommonOnes() throws Exception {
    int one = TestSocket.freePort();
    ServiceMappings mappings =
        new ServiceMappings(Map.of("SSH", String.valueOf(one)), Map.of(), false, Shares.EQUAL);
    try (StreamsFixture tunnel = new StreamsFixture(TunnelMode.SOURCE, mappings, null, Map.of())) {
      tunnel.up("SSH");
      tunnel.await(() -> !tunnel.address("SSH").isEmpty());
      tunnel.remap(at(TestSocket.freePort()));
      assertThat(tunnel.address("SSH")).endsWith(":" + one);
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  @Test
  void theOneServiceOfV1KeepsServingWithoutItsMapping() throws Exception {
    int one = TestSocket.freePort();
    try (StreamsFixture tunnel = source(at("", one), ProtocolVersion.V1, Map.of(), "SSH", "HTTP")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.await(() -> tunnel.address("").endsWith(":" + one));
      tunnel.remap(Map.of());
      tunnel.await(() -> !tunnel.address("").isEmpty());
      String chosen = tunnel.address("");
      tunnel.down();
      tunnel.up("SSH", "HTTP");
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      assertThat(tunnel.address("")).isEqualTo(chosen);
      try (TestSocket client = tunnel.client("")) {
        tunnel.nextStreamId("STREAM_START ''");
        tunnel.remap(at("", one));
        assertThat(client.receiveAll()).isEqualTo("reset");
      }
      tunnel.await(() -> tunnel.address("").endsWith(":" + one));
    }
  }
}
