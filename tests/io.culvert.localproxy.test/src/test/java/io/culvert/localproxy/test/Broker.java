// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import io.culvert.emulator.notify.BrokerAddress;
import io.culvert.emulator.notify.BrokerSettings;
import io.culvert.emulator.tls.CertificateIssuer;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.SocketFactory;

/**
 * Debian's MQTT broker on a loopback port, over mutual TLS, with accounts for the thing and for who
 * notifies it. It remembers subscriptions while it is stopped. For one thread.
 */
final class Broker implements AutoCloseable {
  static final String THING = "gate";
  static final String PASSWORD = "m0squit0-passw0rd";

  private static final String SENDER = "aws";

  private final String program = Program.find("mosquitto");
  private final Path folder;
  private final int port = FreePort.find();
  private Program running;

  /** Prepares a broker, which is not started yet; without mosquitto the test is skipped. */
  Broker(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    CertificateIssuer issuer = new CertificateIssuer(Instant.now(), Duration.ofDays(1));
    X509Bundle authority = issuer.authority();
    write("ca", authority);
    write("server", issuer.server(ThrowawayCertificates.LOOPBACK, authority));
    for (String client : new String[] {THING, SENDER}) {
      write(
          client,
          new CertificateBuilder()
              .ecp256()
              .subject("CN=" + client)
              .addExtendedKeyUsageClientAuth()
              .buildIssuedBy(authority));
    }
    // As root it would else become a user who cannot read these files.
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        user %1$s
        log_dest stderr
        log_type all
        persistence true
        persistence_location %2$s/
        listener %3$d 127.0.0.1
        allow_anonymous true
        cafile %2$s/ca.pem
        certfile %2$s/server.pem
        keyfile %2$s/server-key.pem
        require_certificate true
        """
            .formatted(System.getProperty("user.name"), folder, port));
  }

  private void write(String name, X509Bundle bundle) throws IOException {
    Files.writeString(file(name), bundle.getCertificatePEM());
    Files.writeString(file(name + "-key"), bundle.getPrivateKeyPEM());
  }

  Path file(String name) {
    return folder.resolve(name + ".pem");
  }

  int port() {
    return port;
  }

  /** Returns how to publish there. */
  BrokerSettings sender() {
    return new BrokerSettings(
        BrokerAddress.parse("localhost:" + port), file("ca"), file(SENDER), file(SENDER + "-key"));
  }

  /** Returns what makes connections as who publishes. */
  SocketFactory sockets() throws Exception {
    SslContext context =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(file("ca").toFile())
            .keyManager(file(SENDER).toFile(), file(SENDER + "-key").toFile())
            .build();
    return ((JdkSslContext) context).context().getSocketFactory();
  }

  /** Writes what makes a folder's gateway listen as the thing. */
  void configure(Path gateway) throws IOException {
    Gateway.write(
        gateway,
        "io.culvert.MqttNotifications.cfg.json",
        """
        {"broker": "localhost:%d", "thing": "%s", "ca.path": "%s", "certificate": "%s",
         "private.key": "%s", "user": "me", "password": "$[secret:broker]", "retry.max.delay": 1000}
        """
            .formatted(port, THING, file("ca"), file(THING), file(THING + "-key")));
  }

  void start() throws Exception {
    running =
        Program.start(
            new ProcessBuilder(program, "-c", folder.resolve("mosquitto.conf").toString()));
    running.await(" running$");
  }

  void stop() throws InterruptedException {
    running.terminate();
    running.exit();
  }

  /** Waits until the thing has subscribed since the last start. */
  void awaitThing() throws InterruptedException {
    running.await("Sending SUBACK to " + THING);
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
  }
}
