// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the connections of a destination when mappings change. */
class DestinationRemappingTest extends DestinationRemappingFixture {
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
}
