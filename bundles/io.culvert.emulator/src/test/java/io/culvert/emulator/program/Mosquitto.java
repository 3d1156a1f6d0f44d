// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.culvert.emulator.tls.CertificateIssuer;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's MQTT broker on a loopback port, with files of its own. It remembers subscriptions and
 * what waits for subscribers while it is stopped. Makes the certificates of both sides, too. For
 * one thread.
 */
final class Mosquitto implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Path program;
  private final Path folder;
  private final int port;
  private final X509Bundle authority = issuer().authority();
  private Process process;

  private Mosquitto(Path program, Path folder, int port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
  }

  /** Prepares a broker, which is not started yet; the test is skipped where there is none. */
  static Mosquitto in(Path folder, boolean tls) throws IOException {
    Path program =
        Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(Files.isExecutable(program), "mosquitto is not installed");
    Files.createDirectories(folder);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Mosquitto broker = new Mosquitto(program, folder, port);
    broker.configure(tls);
    return broker;
  }

  private void configure(boolean tls) throws IOException {
    write("ca", authority);
    write("server", issuer().server(ThrowawayCertificates.LOOPBACK, authority));
    String access =
        "cafile %1$s/ca.pem\ncertfile %1$s/server.pem\nkeyfile %1$s/server-key.pem\n"
            + "require_certificate true\n";
    // As root it would else become a user who cannot read these files.
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        user %s
        log_dest stderr
        persistence true
        persistence_location %s/
        listener %d 127.0.0.1
        allow_anonymous true
        """
                .formatted(System.getProperty("user.name"), folder, port)
            + (tls ? access.formatted(folder) : ""));
  }

  private static CertificateIssuer issuer() {
    return new CertificateIssuer(Instant.now(), Duration.ofDays(1));
  }

  /** Makes a certificate of its authority for a client: NAME.pem and NAME-key.pem. */
  void addClient(String name) throws Exception {
    write(
        name,
        new CertificateBuilder()
            .ecp256()
            .subject("CN=" + name)
            .addExtendedKeyUsageClientAuth()
            .buildIssuedBy(authority));
  }

  private void write(String name, X509Bundle bundle) throws IOException {
    Files.writeString(file(name), bundle.getCertificatePEM());
    Files.writeString(file(name + "-key"), bundle.getPrivateKeyPEM());
  }

  /** Returns a PEM file. */
  Path file(String name) {
    return folder.resolve(name + ".pem");
  }

  int port() {
    return port;
  }

  /** Starts it and waits until it listens. */
  void start() throws Exception {
    process =
        new ProcessBuilder(program.toString(), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .start();
    CompletableFuture<Void> running = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, running), "mosquitto-output");
    reader.setDaemon(true);
    reader.start();
    running.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void read(Process process, CompletableFuture<Void> running) {
    StringBuilder text = new StringBuilder();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        text.append(line).append('\n');
        if (line.endsWith(" running")) {
          running.complete(null);
        }
      }
      running.completeExceptionally(new AssertionError("mosquitto ends: " + text));
    } catch (IOException e) {
      running.completeExceptionally(e);
    }
  }

  /** Asks it to end, and waits for that. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("mosquitto does not end");
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
