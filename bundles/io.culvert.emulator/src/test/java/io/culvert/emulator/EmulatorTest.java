// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static io.culvert.emulator.Messages.data;
import static io.culvert.emulator.Messages.framed;
import static io.culvert.emulator.Messages.streamStart;
import static io.culvert.emulator.registry.TunnelEnd.DESTINATION;
import static io.culvert.emulator.registry.TunnelEnd.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.wire.MessageType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a whole: start, end, certificates, secrets, and a client that is not our own. */
@ExtendWith(LeakCheck.class)
class EmulatorTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String CLIENT_TOKEN = "client-token-that-nobody-else-may-see";

  @Test
  void clientOfTheJdkIsServed() throws Exception {
    try (Emulator emulator = Emulator.builder().start()) {
      EmulatedTunnel tunnel = emulator.openTunnel("SSH");
      BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(10);
      WebSocket socket =
          HttpClient.newBuilder()
              .sslContext(Trust.only(emulator.authority()))
              .build()
              .newWebSocketBuilder()
              .header("access-token", tunnel.accessToken(DESTINATION).reveal())
              .subprotocols("aws.iot.securetunneling-3.0")
              .buildAsync(
                  URI.create(
                      "wss://localhost:"
                          + emulator.port()
                          + "/tunnel?local-proxy-mode=destination"),
                  new Collector(received))
              .get(30, TimeUnit.SECONDS);
      assertThat(socket.getSubprotocol()).isEqualTo("aws.iot.securetunneling-3.0");
      assertThat(received.poll(30, TimeUnit.SECONDS)).contains('S', 'S', 'H');
      tunnel.faults(DESTINATION).injectFrame(streamStart("SSH", 1).toByteArray());
      assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(framed(streamStart("SSH", 1)));
      socket.sendBinary(ByteBuffer.wrap(framed(data("SSH", 1, new byte[10]))), true).get();
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
      assertThat(tunnel.awaitDisconnected(DESTINATION, LONG)).isTrue();
      assertThat(tunnel.traffic(DESTINATION).payloadBytes()).isEqualTo(10);
      assertThat(emulator.violations()).isEmpty();
    }
  }

  @Test
  void authorityIsWrittenWithoutItsKey(@TempDir Path folder) throws Exception {
    try (Emulator emulator = Emulator.builder().authorityFolder(folder).start()) {
      Path file = folder.resolve("ca.pem");
      assertThat(file).content().doesNotContain("PRIVATE");
      try (var in = Files.newInputStream(file)) {
        assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
            .isEqualTo(emulator.authority());
      }
      assertThat(folder).isDirectoryContaining(path -> path.equals(file));
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }

  @Test
  void tokensAreInNoText() throws Exception {
    try (Emulator emulator = Emulator.builder().start()) {
      EmulatedTunnel tunnel = emulator.openTunnel("SSH");
      try (RawClient source = RawClient.connect(emulator)) {
        source.handshake(Handshake.of(tunnel, SOURCE).subprotocols(3).clientToken(CLIENT_TOKEN));
        assertThat(tunnel.awaitConnected(SOURCE, LONG)).isTrue();
      }
      var handshake = tunnel.lastHandshake(SOURCE).orElseThrow();
      assertThat(handshake.header("Client-Token")).contains(CLIENT_TOKEN);
      assertThat(handshake.header("access-token")).isEmpty();
      String all = emulator + " " + tunnel + " " + handshake + " " + tunnel.accessToken(SOURCE);
      assertThat(all)
          .doesNotContain(CLIENT_TOKEN)
          .doesNotContain(tunnel.accessToken(SOURCE).reveal());
    }
  }

  @Test
  void closeLeavesNoThreadAndNoPort() throws Exception {
    int port;
    try (Emulator emulator = Emulator.builder().holdForAbsent(true).start()) {
      port = emulator.port();
      EmulatedTunnel tunnel = emulator.openTunnel("SSH");
      tunnel.faults(DESTINATION).delay(Duration.ofHours(1));
      try (RawClient source = RawClient.open(emulator, tunnel, SOURCE);
          RawClient halfFrame = RawClient.open(emulator, emulator.openTunnel("SSH"), SOURCE);
          RawClient silent = RawClient.connect(emulator)) {
        source.send(streamStart("SSH", 1));
        source.send(data("SSH", 1, new byte[50_000]));
        halfFrame.sendBinary(new byte[] {1, 0, 8});
        tunnel.awaitSent(SOURCE, MessageType.DATA, 1, LONG);
        tunnel.faults(SOURCE).stall();
        emulator.close();
        emulator.close();
        assertThat(halfFrame.readMessage()).isNotNull();
        assertThat(halfFrame.isAtEnd()).isTrue();
      }
      tunnel.close();
      assertThatThrownBy(() -> tunnel.faults(SOURCE).rate(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    EmulatorThreads.assertNone();
  }

  @Test
  void groupOfTheCallerStaysAlive() throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    try {
      try (Emulator emulator =
          Emulator.builder().eventLoops(group, NioServerSocketChannel.class).start()) {
        RawClient.open(emulator, emulator.openTunnel("SSH"), SOURCE).close();
      }
      assertThat(group.isShuttingDown()).isFalse();
    } finally {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  @Test
  void servicesAreCheckedAgainstTheLimitsOfTheService() throws Exception {
    try (Emulator emulator = Emulator.builder().start()) {
      List<List<String>> bad =
          List.of(
              List.of("a", "b", "c", "d"), List.of("a", "a"), List.of(""), List.of("white space"));
      for (List<String> services : bad) {
        assertThatThrownBy(() -> emulator.openTunnel(services))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("services");
      }
      assertThat(emulator.openTunnel().services()).isEmpty();
    }
  }

  private record Collector(BlockingQueue<byte[]> received) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      received.add(bytes);
      socket.request(1);
      return null;
    }
  }
}
