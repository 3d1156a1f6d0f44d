// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is configured by files, at one end of a tunnel, and a localproxy at the other. */
@EnabledOnOs(OS.LINUX)
class GatewayIT {
  private static final String CONNECTED = "INFO  io.culvert.Tunnel~support: connected";

  @TempDir private Path folder;

  @Test
  void filesMakeADestinationAndTakeItAwayAgain() throws Exception {
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback();
        Gateway gateway = Gateway.start(folder.resolve("gateway")).awaitLine("Ready: no tunnel")) {
      Gateway.configure(gateway.folder(), rig, "DATA=" + application.port());
      gateway.awaitLine(CONNECTED);
      LocalProxy source = rig.source("-s", "DATA=0").awaitEstablished();
      Client.transfer(source.address("DATA"), 1_000_000, 1_000_000).close();

      Files.delete(gateway.folder().resolve("conf").resolve(Gateway.TUNNEL));
      gateway.awaitLine("INFO  io.culvert.Tunnel~support: closed");
      gateway.terminate();

      assertThat(gateway.exit()).isZero();
      assertThat(gateway.lines()).noneMatch(line -> line.contains("ERROR"));
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void aKilledGatewayComesBackWithTheSameToken() throws Exception {
    Path home = folder.resolve("gateway");
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      Gateway.configure(home, rig, "DATA=" + application.port());
      Gateway.start(home).awaitLine(CONNECTED).close();

      try (Gateway next = Gateway.start(home).awaitLine(CONNECTED)) {
        LocalProxy source = rig.source("-s", "DATA=0");
        Client.transfer(source.address("DATA"), 100_000, 100_000).close();
        next.terminate();
        assertThat(next.exit()).isZero();
      }
      assertThat(rig.emulator().violations()).isEmpty();
    }
  }

  @Test
  void aSignalEndsItInTimeWhileAnApplicationDoesNotRead() throws Exception {
    Path home = folder.resolve("gateway");
    try (Rig rig = new Rig(folder, "DATA");
        ServerSocket application = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      application.setSoTimeout(60_000);
      Gateway.configure(home, rig, "DATA=" + application.getLocalPort());
      try (Gateway gateway = Gateway.start(home).awaitLine(CONNECTED)) {
        LocalProxy source = rig.source("-s", "DATA=0").awaitEstablished();
        try (SocketChannel client = SocketChannel.open(source.address("DATA"))) {
          client.write(ByteBuffer.wrap(new byte[] {1}));
          try (Socket silent = application.accept()) {
            assertThat(silent.getInputStream().read()).isEqualTo(1);
            fill(client);

            assertThat(gateway.stop()).isZero();
          }
        }
      }
    }
  }

  /** Writes until nothing more is taken. */
  private static void fill(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    byte[] bytes = new byte[100_000];
    try (Selector selector = Selector.open()) {
      client.register(selector, SelectionKey.OP_WRITE);
      long written = 0;
      while (selector.select(2_000) > 0) {
        selector.selectedKeys().clear();
        written += client.write(ByteBuffer.wrap(bytes));
        assertThat(written).as("what is taken and not read").isLessThan(200_000_000);
      }
    }
  }

  @Test
  void tokensAreInTheFilesOfTheUserAndNowhereElse() throws Exception {
    Path home = folder.resolve("gateway");
    try (Rig rig = new Rig(folder, "DATA");
        Application application = Application.onLoopback()) {
      Gateway.configure(home, rig, "DATA=" + application.port());
      try (Gateway gateway = Gateway.start(home, "-v", "6").awaitLine(CONNECTED)) {
        LocalProxy source = rig.source("-s", "DATA=0");
        Client.transfer(source.address("DATA"), 100_000, 100_000).close();
        String kept = clientToken(home);
        List<String> secrets = List.of(rig.token(TunnelEnd.DESTINATION), kept);
        Path process = Path.of("/proc", Long.toString(gateway.pid()));
        assertThat(Files.readString(process.resolve("cmdline")))
            .contains("io.culvert.launcher.gateway.Main")
            .doesNotContain(secrets);
        gateway.terminate();
        assertThat(gateway.exit()).isZero();

        assertThat(String.join("\n", gateway.lines())).contains("TRACE").doesNotContain(secrets);
        for (Path file : files(home)) {
          String name = home.relativize(file).toString();
          if (!name.startsWith("state/tokens/") && !name.endsWith(Gateway.TUNNEL)) {
            boolean persistent = name.startsWith("state/config/");
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .as(name)
                .doesNotContain(persistent ? List.of(kept) : secrets);
          }
        }
      }
      assertThat(home.resolve("tmp")).isEmptyDirectory();
    }
  }

  /** Returns the content of the only client token. */
  private static String clientToken(Path home) throws IOException {
    List<Path> tokens = files(home.resolve("state/tokens"));
    assertThat(tokens).hasSize(1);
    return Files.readString(tokens.get(0));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }
}
