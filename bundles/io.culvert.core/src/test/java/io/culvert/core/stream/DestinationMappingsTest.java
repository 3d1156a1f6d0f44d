// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import io.culvert.wire.TunnelMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which mapping serves which service of a destination after mappings have changed. */
class DestinationMappingsTest extends DestinationRemappingFixture {
  @Test
  void aServiceThatLosesItsMappingFailsAloneAndComesBackWithIt() throws Exception {
    Map<String, String> both = Map.of("SSH", at(one), "HTTP", at(two));
    try (StreamsFixture tunnel = destination(both, "SSH", "HTTP")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.receiveControl(STREAM_START, "HTTP", 7, 1);
      tunnel.receiveControl(STREAM_START, "SSH", 8, 1);
      try (TestSocket http = TestSocket.accept(two);
          TestSocket ssh = TestSocket.accept(one)) {
        tunnel.remap(Map.of("HTTP", at(two)));

        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 8 1");
        assertThat(ssh.receiveAll()).isEqualTo("reset");
        assertThat(tunnel.status("SSH").address()).isNull();
        assertThat(String.valueOf(tunnel.status("SSH").failure()))
            .contains("CLV-SERVICES", "service SSH: no destination is mapped any more");
        tunnel.receiveControl(CONNECTION_START, "SSH", 8, 2);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 8 2");

        // Another change does not say it again.
        tunnel.remap(Map.of("HTTP", at(two), "RDP", "3389"));
        assertThat(logs.warnings()).singleElement().asString().contains("CLV-SERVICES", "SSH");

        tunnel.remap(both);
        assertThat(tunnel.status("SSH").address()).isEqualTo(at(one));
        assertThat(tunnel.status("SSH").failure()).isNull();
        tunnel.receiveControl(CONNECTION_START, "SSH", 8, 3);
        TestSocket.accept(one).close();
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 8 3");
        tunnel.receiveData("HTTP", 7, 1, "undisturbed");
        assertThat(http.receive(11)).isEqualTo("undisturbed");
      }
      assertThat(tunnel.events).isEmpty();
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly("test: service SSH removed", "test: service SSH added at " + at(one));
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "SSH, 0"})
  void aServiceWithoutMappingRefusesOlderVersionsWithAStreamReset(String service, int connection) {
    try (StreamsFixture tunnel = destination(Map.of("SSH", at(one)), "SSH")) {
      tunnel.remap(Map.of());
      tunnel.receiveControl(STREAM_START, service, 7, connection);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '" + service + "' 7 0");
    }
  }

  @Test
  void mappingsOfTheTunnelItselfGoBeforeChangedCommonOnes() throws Exception {
    ServiceMappings mappings =
        new ServiceMappings(
            Map.of("SSH", at(one)), Map.of("SSH", "1", "HTTP", "2"), false, Shares.EQUAL);
    try (StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, mappings, null, Map.of())) {
      tunnel.up("SSH", "HTTP");
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(one)) {
        tunnel.remap(Map.of("SSH", "3", "HTTP", "2"));
        assertThat(tunnel.changes).hasValue(0);
        tunnel.remap(Map.of("HTTP", "4"));
        assertThat(tunnel.changes).hasValue(1);
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        assertThat(tunnel.status("SSH").address()).isEqualTo(at(one));
        tunnel.assertNothingSent();
      }
    }
  }

  @Test
  void theMappingWithoutIdMovesTheOnlyServiceThatHasNoOther() throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("", at(one)), "SSH")) {
      tunnel.remap(Map.of("", at(two)));
      assertThat(tunnel.status("SSH").address()).isEqualTo(at(two));
      tunnel.remap(Map.of("", at(two), "SSH", at(one)));
      assertThat(tunnel.status("SSH").address()).isEqualTo(at(one));
      tunnel.remap(Map.of("", "1", "SSH", at(one)));
      assertThat(tunnel.changes).hasValue(2);
      tunnel.remap(Map.of("", at(two)));
      assertThat(tunnel.status("SSH").address()).isEqualTo(at(two));
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket.accept(two).close();
    }
  }

  @Test
  void theOnlyServiceOfATunnelWithoutIdsMoves() throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("", at(one)))) {
      tunnel.remap(Map.of());
      assertThat(String.valueOf(tunnel.status("").failure()))
          .contains("service (without id): no destination is mapped");
      tunnel.remap(Map.of("", at(two)));
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      TestSocket.accept(two).close();
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly(
            "test: service (without id) removed", "test: service (without id) added at " + at(two));
  }

  @Test
  void theMappingWithoutIdComesAndGoesBesideSeveralServices() throws Exception {
    Map<String, String> named = Map.of("A", "1", "B", "2");
    Map<String, String> all = Map.of("A", "1", "B", "2", "", at(one));
    try (StreamsFixture tunnel = destination(named, "A", "B")) {
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '' 7 0");

      tunnel.remap(all);
      tunnel.receiveControl(STREAM_START, "", 8, 0);
      try (TestSocket socket = TestSocket.accept(one)) {
        tunnel.receiveData("", 8, 0, "x");
        assertThat(socket.receive(1)).isEqualTo("x");

        tunnel.remapKeeping(named);
        tunnel.receiveData("", 8, 0, "y");
        assertThat(socket.receive(1)).isEqualTo("y");

        tunnel.remap(all);
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '' 8 0");
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
      tunnel.receiveControl(STREAM_START, "", 9, 0);
      try (TestSocket socket = TestSocket.accept(one)) {
        tunnel.remap(named);
        assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '' 9 0");
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
      assertThat(tunnel.call(tunnel.streams::status)).hasSize(2);
    }
  }

  @Test
  void aChangeBeforeTheServicesAreKnownIsSimplyUsed() throws Exception {
    try (StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, common(Map.of()), null, Map.of())) {
      tunnel.remap(Map.of("", at(one)));
      assertThat(tunnel.changes).hasValue(0);
      tunnel.up("SSH");
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket.accept(one).close();
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
  }

  @Test
  void aMappingRemovedWhileTheTunnelIsDownDoesNotFailIt() throws Exception {
    try (StreamsFixture tunnel =
        destination(Map.of("SSH", at(one), "HTTP", at(two)), "SSH", "HTTP")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      tunnel.down();
      tunnel.remap(Map.of("HTTP", at(one)));
      tunnel.up("SSH", "HTTP");
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
      assertThat(String.valueOf(tunnel.status("SSH").failure())).contains("CLV-SERVICES");
      tunnel.receiveControl(STREAM_START, "HTTP", 7, 1);
      TestSocket.accept(one).close();
      tunnel.nextSent();
      assertThat(logs.warnings()).hasSize(1);

      // A service that comes newly is another matter.
      tunnel.receive(TunnelMessage.serviceIds(List.of("SSH", "HTTP", "RDP")));
      assertThat(tunnel.nextEvent())
          .startsWith("failed")
          .contains("CLV-SERVICES", "for service RDP of");
    }
  }
}
