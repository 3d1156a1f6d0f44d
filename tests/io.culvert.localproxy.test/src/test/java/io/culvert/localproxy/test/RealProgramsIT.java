// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that people use, through a tunnel. */
class RealProgramsIT {
  private static final long BYTES = 4 << 20;
  private static final int PARALLEL = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V3"})
  void sshRunsCommandsAndScpCopiesBothWays(String version) throws Exception {
    Path file = folder.resolve("file");
    byte[] digest;
    try (OutputStream out = Files.newOutputStream(file)) {
      digest = Noise.write(out, BYTES, 1);
    }
    try (Rig rig = new Rig(folder, "SSH");
        Sshd sshd = Sshd.start(Files.createDirectory(folder.resolve("sshd")))) {
      rig.destination("-d", "SSH=" + sshd.port()).awaitEstablished();
      InetSocketAddress address = rig.source("-s", "SSH=0", "-y", version).address("SSH");
      String port = Integer.toString(address.getPort());
      String host = address.getHostString();

      List<String> ssh = sshd.command("ssh", "-p", port, host, "echo one; echo two; exit 7");
      try (Program program = Program.start(new ProcessBuilder(ssh))) {
        assertThat(program.exit()).as("%s", program.lines()).isEqualTo(7);
        assertThat(program.lines()).containsExactly("one", "two");
      }
      Path there = folder.resolve("there");
      Path back = folder.resolve("back");
      succeed(sshd.command("scp", "-P", port, file.toString(), host + ":" + there));
      succeed(sshd.command("scp", "-P", port, host + ":" + there, back.toString()));

      assertThat(digest(there)).isEqualTo(digest);
      assertThat(digest(back)).isEqualTo(digest);
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void curlFetchesOverManyConnectionsAtOnce() throws Exception {
    byte[] body = new byte[200_000];
    Arrays.fill(body, (byte) 'x');
    String curl = Program.find("curl");
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    HttpServer server = serve(body, threads);
    try (Rig rig = new Rig(folder, "HTTP")) {
      rig.destination("-d", "HTTP=" + server.getAddress().getPort()).awaitEstablished();
      InetSocketAddress address = rig.source("-s", "HTTP=0").address("HTTP");

      succeed(
          List.of(
              curl,
              "-sS",
              "--fail",
              "--noproxy",
              "*",
              "--parallel",
              "--parallel-immediate",
              "--parallel-max",
              Integer.toString(PARALLEL),
              "http://" + address.getHostString() + ":" + address.getPort() + "/[1-20]",
              "-o",
              folder.resolve("body-#1").toString()));

      for (int i = 1; i <= PARALLEL; i++) {
        assertThat(folder.resolve("body-" + i)).hasBinaryContent(body);
      }
      assertThat(rig.emulator().violations()).isEmpty();
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void squidLetsBothEndsThrough() throws Exception {
    throughSquid(Optional.empty(), "");
  }

  @Test
  void squidLetsKnownUsersThrough() throws Exception {
    throughSquid(Optional.of("user pa55w0rd"), "user:pa55w0rd@");
  }

  private void throughSquid(Optional<String> known, String credentials) throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Squid squid = Squid.start(folder, rig.emulator().port(), known);
        Application application = Application.onLoopback()) {
      Map<String, String> environment =
          Map.of("https_proxy", "http://" + credentials + "127.0.0.1:" + squid.port());
      LocalProxy destination =
          rig.trusting(
              TunnelEnd.DESTINATION, environment, "-v", "6", "-d", "DATA=" + application.port());
      LocalProxy source = rig.trusting(TunnelEnd.SOURCE, environment, "-v", "6", "-s", "DATA=0");
      destination.awaitEstablished();
      Client.transfer(source.address("DATA"), 100_000, 100_000).close();
      List<LocalProxy> programs = List.of(source, destination);
      for (LocalProxy program : programs) {
        program.terminate();
        assertThat(program.exit()).isZero();
        assertThat(String.join("\n", program.lines())).doesNotContain("pa55w0rd");
      }
      squid.stop();
      assertThat(squid.requests())
          .filteredOn(line -> line.contains("/200 ") && line.contains(rig.endpoint()))
          .hasSize(programs.size());
    }
  }

  private static HttpServer serve(byte[] body, ExecutorService threads) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), PARALLEL);
    server.setExecutor(threads);
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

  private static void succeed(List<String> command) throws IOException, InterruptedException {
    try (Program program = Program.start(new ProcessBuilder(command))) {
      assertThat(program.exit()).as("%s", program.lines()).isZero();
    }
  }

  private static byte[] digest(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Noise.digest(in, Files.size(file));
    }
  }
}
