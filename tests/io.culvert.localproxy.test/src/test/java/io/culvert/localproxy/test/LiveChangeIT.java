// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.RotationMode;
import io.culvert.emulator.registry.TunnelEnd;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose files change in the middle of a long transfer, which notices nothing of it. */
@EnabledOnOs(OS.LINUX)
class LiveChangeIT {
  private static final long BYTES = 200 << 20;
  private static final int LIMIT_MILLIS = (int) TimeUnit.SECONDS.toMillis(Program.LIMIT_SECONDS);
  private static final Duration LIMIT = Duration.ofMillis(LIMIT_MILLIS);
  private static final String OTHER = "io.culvert.Tunnel~other.cfg.json";

  private final Level before = ResourceLeakDetector.getLevel();
  @TempDir private Path folder;
  private HttpServer one;
  private HttpServer two;

  /** To follow every buffer of 200 MiB through the emulator would take a minute. */
  @BeforeEach
  void followOnlySomeBuffers() {
    ResourceLeakDetector.setLevel(Level.SIMPLE);
  }

  @AfterEach
  void followBuffersAsBefore() {
    ResourceLeakDetector.setLevel(before);
  }

  @BeforeEach
  void serve() throws IOException {
    one = serve("one");
    two = serve("two");
  }

  @AfterEach
  void stop() {
    one.stop(0);
    two.stop(0);
  }

  @Test
  void aTransferGoesOnWhileEverythingElseChanges() throws Exception {
    Path home = folder.resolve("gateway");
    Path file = folder.resolve("file");
    byte[] digest = fill(file);
    try (Rig rig = new Rig(folder, "SSH", "HTTP", "RDP");
        Sshd sshd = Sshd.start(Files.createDirectory(folder.resolve("sshd")));
        Application desktop = Application.onLoopback()) {
      EmulatedTunnel other = rig.emulator().openTunnel("VNC");
      String ssh = "SSH=" + sshd.port();
      Gateway.configure(home, rig, ssh, http(one), "RDP=" + desktop.port());
      Gateway.tunnel(home, OTHER, other);
      try (Gateway gateway = Gateway.start(home)) {
        LocalProxy source = rig.source("-s", "SSH=0,HTTP=0,RDP=0");
        InetSocketAddress page = source.address("HTTP");
        InetSocketAddress rdp = source.address("RDP");
        gateway.awaitLine("INFO  io.culvert.Tunnel~support: connected");
        assertThat(get(page)).isEqualTo("one");

        try (SshTransfer transfer = SshTransfer.begin(sshd, source.address("SSH"), file);
            Client open = Client.echoing(rdp)) {
          CompletableFuture<Void> end = open.awaitEnd();
          Gateway.mappings(home, ssh, http(two), "VNC=" + desktop.port());
          Gateway.settings(home, rig, 2000);

          gateway.awaitLine("INFO  Tunnel manager settings changed");
          end.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
          assertThat(get(page)).isEqualTo("two");
          try (Client refused = new Client(rdp)) {
            refused.awaitEnd().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
          }
          Map<String, String> token =
              Map.of(Rig.ACCESS_TOKEN, other.accessToken(TunnelEnd.SOURCE).reveal());
          LocalProxy viewer = rig.trusting(TunnelEnd.SOURCE, token, "-s", "VNC=0");
          Client.transfer(viewer.address("VNC"), 100_000, 100_000).close();

          other.rotate(RotationMode.DESTINATION);
          Gateway.tunnel(home, OTHER, other);
          assertThat(other.awaitConnected(TunnelEnd.DESTINATION, 2, LIMIT)).isTrue();

          assertThat(transfer.finish()).isEqualTo(digest);
        }

        assertThat(get(page)).isEqualTo("two");
        for (TunnelEnd end : TunnelEnd.values()) {
          assertThat(rig.tunnel().traffic(end).connects()).as("%s", end).isEqualTo(1);
        }
        assertThat(rig.emulator().violations()).isEmpty();
      }
    }
  }

  private static byte[] fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return Noise.write(out, BYTES, 1);
    }
  }

  private static HttpServer serve(String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  private static String http(HttpServer server) {
    return "HTTP=" + server.getAddress().getPort();
  }

  /** Fetches a page through a connection of its own. */
  private static String get(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }
}
