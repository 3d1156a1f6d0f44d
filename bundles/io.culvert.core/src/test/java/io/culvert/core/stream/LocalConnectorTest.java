// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static io.culvert.core.stream.StreamsFixture.destination;
import static io.culvert.wire.MessageType.CONNECTION_RESET;
import static io.culvert.wire.MessageType.CONNECTION_START;
import static io.culvert.wire.MessageType.STREAM_START;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections of a destination reach their application, and what if not. */
class LocalConnectorTest extends ApplicationFixture {
  private static final Map<String, Object> NO_RETRY = Map.of("tcp.retry.count", 0);

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
    try (StreamsFixture tunnel =
        destination(Map.of("SSH", String.valueOf(TestSocket.freePort())), settings, "SSH")) {
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
    try (StreamsFixture tunnel =
        destination(Map.of("SSH", String.valueOf(TestSocket.freePort())), NO_RETRY, "SSH")) {
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
}
