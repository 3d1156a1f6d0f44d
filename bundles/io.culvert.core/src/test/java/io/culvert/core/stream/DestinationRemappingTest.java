// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import io.culvert.core.config.Shares;
import io.culvert.core.connect.LogCapture;
import io.culvert.wire.TunnelMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of a destination whose mappings change while the tunnel is up. */
class DestinationRemappingTest {
  private ServerSocket one;
  private ServerSocket two;
  private LogCapture logs;

  @BeforeEach
  void listen() throws Exception {
    one = TestSocket.server();
    two = TestSocket.server();
    logs = new LogCapture();
  }

  @AfterEach
  void stop() throws Exception {
    logs.close();
    one.close();
    two.close();
  }

  @ParameterizedTest
  @CsvSource({"'', 0, STREAM_RESET", "SSH, 0, STREAM_RESET", "SSH, 1, CONNECTION_RESET"})
  void aMovedServiceIsResetAtBothEndsAndNewConnectionsFindTheNewPlace(
      String service, int connection, String end) throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("SSH", at(one)), "SSH")) {
      tunnel.receiveControl(STREAM_START, service, 7, connection);
      try (TestSocket socket = TestSocket.accept(one)) {
        tunnel.receiveData(service, 7, connection, "a");
        assertThat(socket.receive(1)).isEqualTo("a");

        tunnel.remap(Map.of("SSH", at(two)));

        assertThat(tunnel.nextSent()).isEqualTo(end + " '" + service + "' 7 " + connection);
        assertThat(socket.receiveAll()).isEqualTo("reset");
        assertThat(tunnel.status("SSH").address()).isEqualTo(at(two));
        assertThat(tunnel.changes).hasValue(1);
      }
      tunnel.receiveData(service, 7, connection, "under way");
      tunnel.receiveControl(STREAM_START, service, 8, connection);
      try (TestSocket socket = TestSocket.accept(two)) {
        socket.send("b");
        assertThat(tunnel.nextSent()).isEqualTo("DATA '" + service + "' 8 " + connection + " b");
      }
    }
    assertThat(logs.infos(TunnelStreams.class))
        .containsExactly("test: service SSH moved to " + at(two));
    assertThat(logs.warnings()).isEmpty();
  }

  @Test
  void theStreamOfAMovedServiceGoesOn() throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("SSH", at(one)), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
      TestSocket.accept(one).close();
      TestSocket.accept(one).close();
      tunnel.nextSent();
      tunnel.nextSent();
      tunnel.remap(Map.of("SSH", at(two)));
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 3);
      try (TestSocket socket = TestSocket.accept(two)) {
        socket.send("b");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 3 b");
      }
    }
  }

  @Test
  void otherServicesNoticeNothing() throws Exception {
    try (StreamsFixture tunnel =
            destination(Map.of("SSH", at(one), "HTTP", at(two)), "SSH", "HTTP");
        ServerSocket three = TestSocket.server()) {
      tunnel.receiveControl(STREAM_START, "HTTP", 7, 1);
      tunnel.receiveControl(STREAM_START, "SSH", 8, 1);
      try (TestSocket http = TestSocket.accept(two);
          TestSocket ssh = TestSocket.accept(one)) {
        tunnel.receiveData("HTTP", 7, 1, "before ");

        tunnel.remap(Map.of("SSH", at(three), "HTTP", at(two)));

        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 8 1");
        assertThat(ssh.receiveAll()).isEqualTo("reset");
        tunnel.receiveData("HTTP", 7, 1, "after");
        assertThat(http.receive(12)).isEqualTo("before after");
        http.send("answer");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'HTTP' 7 1 answer");
        tunnel.assertNothingSent();
        assertThat(logs.infos(TunnelStreams.class))
            .containsExactly("test: service SSH moved to " + at(three));
      }
    }
  }

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
  void keptConnectionsGoOnAndNewOnesFollow() throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("SSH", at(one)), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket old = TestSocket.accept(one)) {
        old.send("open");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 1 open");

        tunnel.remapKeeping(Map.of("SSH", at(two)));

        tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
        try (TestSocket fresh = TestSocket.accept(two)) {
          fresh.send("new");
          assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 2 new");
          tunnel.receiveData("SSH", 7, 1, "still here");
          assertThat(old.receive(10)).isEqualTo("still here");

          tunnel.remapKeeping(Map.of());
          tunnel.receiveData("SSH", 7, 1, "1");
          tunnel.receiveData("SSH", 7, 2, "2");
          assertThat(old.receive(1)).isEqualTo("1");
          assertThat(fresh.receive(1)).isEqualTo("2");
          tunnel.receiveControl(CONNECTION_START, "SSH", 7, 3);
          assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 3");
        }
      }
    }
  }

  @Test
  void whatIsNotConnectedYetIsNotKept() throws Exception {
    int nobody = one.getLocalPort();
    one.close();
    try (StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.DESTINATION,
            common(Map.of("SSH", "localhost:" + nobody)),
            null,
            Map.of("tcp.retry.count", -1, "tcp.retry.delay", 10L))) {
      tunnel.up("SSH");
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.remapKeeping(Map.of("SSH", at(two)));
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
      TestSocket.accept(two).close();
    }
  }

  @Test
  void whatBecomesOfTheOldPlaceSaysNothingOfTheNewOne() throws Exception {
    int nobody = one.getLocalPort();
    one.close();
    try (StreamsFixture tunnel =
        new StreamsFixture(
            TunnelMode.DESTINATION,
            common(Map.of("SSH", "localhost:" + nobody)),
            null,
            Map.of("tcp.retry.count", -1, "tcp.retry.delay", 100L))) {
      tunnel.up("SSH");
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveData("SSH", 7, 1, "last words");
      // The peer has ended it, so it goes on delivering to the old place.
      tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
      tunnel.remap(Map.of());
      try (ServerSocket late = new ServerSocket(nobody, 5, InetAddress.getLoopbackAddress())) {
        tunnel.await(() -> tunnel.call(() -> tunnel.streams.traffic().budget().held()) == 0);
        assertThat(late.isBound()).isTrue();
      }
      assertThat(String.valueOf(tunnel.status("SSH").failure())).contains("CLV-SERVICES");
    }
  }

  @Test
  void equalMappingsInOtherWordsChangeNothing() throws Exception {
    String port = String.valueOf(one.getLocalPort());
    try (StreamsFixture tunnel = destination(Map.of("SSH", port), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(one)) {
        tunnel.settle();
        tunnel.remap(Map.of("SSH", port));
        tunnel.remap(Map.of("SSH", "localhost:" + port));
        tunnel.remap(Map.of("SSH", port, "OTHER", "1"));
        tunnel.remapKeeping(Map.of("SSH", port));

        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        tunnel.assertNothingSent();
      }
      assertThat(tunnel.changes).hasValue(0);
    }
    assertThat(logs.infos(TunnelStreams.class)).isEmpty();
    assertThat(logs.warnings()).isEmpty();
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

  private static StreamsFixture destination(Map<String, String> common, String... services) {
    StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, common(common), null, Map.of());
    tunnel.up(services);
    return tunnel;
  }

  private static ServiceMappings common(Map<String, String> common) {
    return new ServiceMappings(Map.of(), common, false, Shares.EQUAL);
  }

  private static String at(ServerSocket application) {
    return "localhost:" + application.getLocalPort();
  }
}
