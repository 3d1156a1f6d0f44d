// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_RESET;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.ProtocolVersion;
import io.culvert.api.TunnelMode;
import io.culvert.wire.TunnelMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationStreamsTest {
  private static final Map<String, Object> NO_RETRY = Map.of("tcp.retry.count", 0);

  private ServerSocket application;

  @BeforeEach
  void listen() throws Exception {
    application = TestSocket.server();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  private Map<String, String> ssh() {
    return Map.of("SSH", String.valueOf(application.getLocalPort()));
  }

  /** A port that nothing listens on. */
  private static String nobody() throws Exception {
    try (ServerSocket free = TestSocket.server()) {
      return String.valueOf(free.getLocalPort());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, STREAM_RESET, V1",
    "SSH, 0, STREAM_RESET, V2",
    "SSH, 1, CONNECTION_RESET, V3"
  })
  void answersInTheShapeOfTheStart(
      String service, int connection, String end, ProtocolVersion version) throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, service, 7, connection);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData(service, 7, connection, "ping");
        assertThat(socket.receive(4)).isEqualTo("ping");
        socket.send("pong");
        assertThat(tunnel.nextSent()).isEqualTo("DATA '" + service + "' 7 " + connection + " pong");
        assertThat(tunnel.status("SSH").version()).isEqualTo(version);
      }
      assertThat(tunnel.nextSent()).isEqualTo(end + " '" + service + "' 7 " + connection);
    }
  }

  @Test
  void applicationsEndIsAnnouncedAtOnceAfterItsData() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        socket.send("bye");
        socket.finish();
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 1 bye");
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      }
    }
  }

  @Test
  void dataWithoutConnectionIdOnAV3StreamMeansTheFirstConnection() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 0, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void dataThatComesBeforeTheLocalConnectIsKeptInOrder() throws Exception {
    int port = application.getLocalPort();
    application.close();
    try (StreamsFixture tunnel =
        destination(
            Map.of("SSH", String.valueOf(port)),
            Map.of("tcp.retry.count", -1, "tcp.retry.delay", 10L),
            "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveData("SSH", 7, 1, "one ");
      tunnel.receiveData("SSH", 7, 1, "two ");
      tunnel.receiveData("SSH", 7, 1, "three");
      application = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      try (TestSocket socket = TestSocket.accept(application)) {
        assertThat(socket.receive(13)).isEqualTo("one two three");
        tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
        assertThat(socket.receiveAll()).isEmpty();
      }
      tunnel.assertNothingSent();
    }
  }

  @Test
  void localConnectIsNotTriedAgainForWhatThePeerHasEnded() throws Exception {
    Map<String, Object> settings =
        Map.of("tcp.retry.count", -1, "tcp.retry.delay", 50L, "max.connections", 1);
    try (StreamsFixture tunnel = destination(Map.of("SSH", nobody()), settings, "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      tunnel.receiveData("SSH", 7, 1, "too late");
      tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
      tunnel.await(() -> !tunnel.call(tunnel.streams.traffic()::isFull));
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 0, STREAM_RESET", "SSH, 0, STREAM_RESET", "SSH, 1, CONNECTION_RESET"})
  void failedLocalConnectIsAnsweredAndSaid(String service, int connection, String end)
      throws Exception {
    try (StreamsFixture tunnel = destination(Map.of("SSH", nobody()), NO_RETRY, "SSH")) {
      tunnel.receiveControl(STREAM_START, service, 7, connection);
      assertThat(tunnel.nextSent()).isEqualTo(end + " '" + service + "' 7 " + connection);
      assertThat(String.valueOf(tunnel.status("SSH").failure()))
          .contains("CLV-DESTINATION", "SSH", "localhost:", "refused");
    }
  }

  @Test
  void failedLocalConnectLeavesOtherConnectionsAlone() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), NO_RETRY, "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        application.close();
        tunnel.receiveControl(CONNECTION_START, "SSH", 7, 2);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 2");
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void streamStartClosesWhatRunsUnderAnOlderStream() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket old = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 1, "tail");
        tunnel.receiveControl(STREAM_START, "SSH", 8, 1);
        try (TestSocket fresh = TestSocket.accept(application)) {
          assertThat(old.receiveAll()).isEqualTo("tail");
          tunnel.receiveData("SSH", 8, 1, "x");
          assertThat(fresh.receive(1)).isEqualTo("x");
        }
      }
    }
  }

  @Test
  void connectionStartOnAnUnknownStreamIsAdoptedAfterARestart() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(CONNECTION_START, "SSH", 7, 5);
      try (TestSocket socket = TestSocket.accept(application)) {
        socket.send("x");
        assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 5 x");
      }
    }
  }

  @Test
  void connectionStartForAnOpenIdEndsBoth() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveControl(CONNECTION_START, "SSH", 7, 1);
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 0", "SSH, 0", "SSH, 3"})
  void dataForAnUnknownStreamIsAnsweredOnceForTheWholeStream(String service, int connection)
      throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveData(service, 99, connection, "a");
      tunnel.receiveData(service, 99, connection, "b");
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '" + service + "' 99 0");
      if (connection != 0) {
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 99 1");
      }
      tunnel.assertNothingSent();
      assertThat(tunnel.call(tunnel.streams::dropped)).isEqualTo(2);
    }
  }

  @Test
  void dataForAnUnknownConnectionOfTheStreamIsAnsweredOnce() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("SSH", 7, 3, "a");
        tunnel.receiveData("SSH", 7, 3, "b");
        assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 3");
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        tunnel.assertNothingSent();
      }
    }
  }

  @Test
  void dataForAServiceThatTheTunnelDoesNotHaveIsNotAnswered() {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveData("HTTP", 99, 1, "a");
      tunnel.assertNothingSent();
    }
  }

  @Test
  void dataUnderwayToAConnectionThatEndedHereIsDroppedSilently() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket socket = TestSocket.accept(application);
      tunnel.receiveData("SSH", 7, 1, "x");
      assertThat(socket.receive(1)).isEqualTo("x");
      socket.reset();
      assertThat(tunnel.nextSent()).isEqualTo("CONNECTION_RESET 'SSH' 7 1");
      tunnel.receiveData("SSH", 7, 1, "underway");
      tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
      tunnel.assertNothingSent();
    }
  }

  @Test
  void staleResetsAreDropped() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveControl(STREAM_RESET, "SSH", 6, 0);
        tunnel.receiveControl(CONNECTION_RESET, "SSH", 6, 1);
        tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 2);
        tunnel.receiveData("SSH", 7, 1, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
        tunnel.assertNothingSent();
      }
    }
  }

  @Test
  void serviceWithoutMappingFailsTheTunnelAndIsNamed() {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH", "HTTP", "RDP")) {
      assertThat(tunnel.nextEvent()).startsWith("failed").contains("CLV-SERVICES", "HTTP, RDP");
    }
  }

  @Test
  void mappingWithoutServiceFailsTheTunnelOnlyIfStrict() {
    Map<String, String> mappings = Map.of("SSH", "22", "X11", "6000");
    try (StreamsFixture tunnel = destination(mappings, Map.of(), "SSH")) {
      assertThat(tunnel.nextEvent()).isEqualTo("ready");
    }
    try (StreamsFixture tunnel = destination(mappings, Map.of("strict.services", true), "SSH")) {
      assertThat(tunnel.nextEvent()).startsWith("failed").contains("X11");
    }
  }

  @Test
  void mappingWithoutIdServesATunnelWithNoneOrOneService() throws Exception {
    Map<String, String> mapping = Map.of("", String.valueOf(application.getLocalPort()));
    for (List<String> services : List.of(List.<String>of(), List.of("ANY"))) {
      try (StreamsFixture tunnel =
          destination(mapping, Map.of(), services.toArray(String[]::new))) {
        assertThat(tunnel.nextEvent()).isEqualTo("ready");
        tunnel.receiveControl(STREAM_START, services.isEmpty() ? "" : "ANY", 7, 1);
        TestSocket.accept(application).close();
      }
    }
  }

  @Test
  void v1StreamInATunnelWithSeveralServicesTakesTheMappingWithoutId() throws Exception {
    Map<String, String> mappings =
        Map.of("A", "1", "B", "2", "", String.valueOf(application.getLocalPort()));
    try (StreamsFixture tunnel = destination(mappings, Map.of(), "A", "B")) {
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.receiveData("", 7, 0, "x");
        assertThat(socket.receive(1)).isEqualTo("x");
      }
    }
  }

  @Test
  void v1StreamThatFitsNoServiceIsReset() {
    try (StreamsFixture tunnel = destination(Map.of("A", "1", "B", "2"), Map.of(), "A", "B")) {
      tunnel.receiveControl(STREAM_START, "", 7, 0);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET '' 7 0");
    }
  }

  @Test
  void lostWebSocketEndsConnections() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      try (TestSocket socket = TestSocket.accept(application)) {
        tunnel.down();
        assertThat(socket.receiveAll()).isEqualTo("reset");
      }
    }
  }

  @Test
  void farewellTellsTheSourceThatItsStreamsEnd() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of(), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      TestSocket.accept(application).send("x");
      tunnel.nextSent();
      tunnel.run(tunnel.streams::farewell);
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
    }
  }

  @Test
  void reachesUnixDomainSockets(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("application.sock");
    for (boolean epoll : new boolean[] {true, false}) {
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        try (StreamsFixture tunnel =
            destination(Map.of("SSH", path.toString()), Map.of("native.transport", epoll), "SSH")) {
          tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
          try (SocketChannel socket = server.accept()) {
            socket.write(ByteBuffer.wrap("unix".getBytes(StandardCharsets.US_ASCII)));
            assertThat(tunnel.nextSent()).isEqualTo("DATA 'SSH' 7 1 unix");
            tunnel.receiveData("SSH", 7, 1, "hello");
            tunnel.receiveControl(CONNECTION_RESET, "SSH", 7, 1);
            ByteBuffer buffer = ByteBuffer.allocate(100);
            while (socket.read(buffer) >= 0) {
              assertThat(buffer.hasRemaining()).isTrue();
            }
            assertThat(buffer.position()).isEqualTo(5);
          }
        }
      }
      path.toFile().delete();
    }
  }

  @Test
  void connectsFromTheBindAddress() throws Exception {
    try (StreamsFixture tunnel = destination(ssh(), Map.of("bind.address", "127.0.0.5"), "SSH")) {
      tunnel.receiveControl(STREAM_START, "SSH", 7, 1);
      application.setSoTimeout(20_000);
      try (Socket socket = application.accept()) {
        assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.5");
      }
    }
  }

  @Test
  void forcedVersionGoesBeforeTheShapeOfTheStart() throws Exception {
    try (StreamsFixture tunnel =
        new StreamsFixture(TunnelMode.DESTINATION, ssh(), ProtocolVersion.V2, Map.of())) {
      tunnel.up("SSH");
      tunnel.receive(TunnelMessage.control(STREAM_START, "SSH", 7, 1));
      TestSocket.accept(application).close();
      assertThat(tunnel.nextSent()).isEqualTo("STREAM_RESET 'SSH' 7 0");
    }
  }
}
