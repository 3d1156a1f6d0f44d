// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.broker;

import io.culvert.demo.DemoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folder of an MQTT broker, mosquitto, that is to the demo what AWS IoT Core is to a gateway:
 * each client shows a certificate, and may do no more than its name allows. Immutable, but for its
 * files.
 */
public final class Broker {
  /** The name in the certificate of who sends notifications. */
  public static final String SENDER = "aws";

  /** What the program prints when it listens. */
  public static final Pattern RUNNING = Pattern.compile("mosquitto version \\S+ running");

  private final Path folder;
  private final int port;
  private final Certificates certificates;

  private Broker(Path folder, int port, Certificates certificates) {
    this.folder = folder;
    this.port = port;
    this.certificates = certificates;
  }

  /**
   * Makes the folder and all that is in it.
   *
   * @param thing the name of the gateway, in its certificate, too.
   */
  public static Broker prepare(Path folder, String thing) throws DemoException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Certificates certificates = new Certificates(folder);
      certificates.addServer("broker");
      certificates.addClient(SENDER);
      certificates.addClient(thing);
      Broker broker = new Broker(folder, freePort(), certificates);
      broker.writeSettings(thing);
      return broker;
    } catch (IOException e) {
      throw new DemoException("cannot prepare the broker: " + e.getMessage(), e);
    }
  }

  /** The program cannot choose a port itself. */
  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void writeSettings(String thing) throws IOException {
    Files.writeString(
        folder.resolve("acl"),
        """
        user %1$s
        topic write $aws/things/+/tunnels/notify
        user %2$s
        topic read $aws/things/%2$s/tunnels/notify
        """
            .formatted(SENDER, thing));
    // As root it would else become a user who cannot read these files.
    Files.writeString(
        settings(),
        """
        user %s
        log_dest stderr
        log_type error
        log_type warning
        log_type notice
        log_type information
        log_type subscribe
        listener %d 127.0.0.1
        cafile %s
        certfile %s
        keyfile %s
        require_certificate true
        use_identity_as_username true
        acl_file %s
        """
            .formatted(
                System.getProperty("user.name"),
                port,
                certificates.file("ca"),
                certificates.file("broker"),
                certificates.file("broker-key"),
                folder.resolve("acl")));
  }

  private Path settings() {
    return folder.resolve("mosquitto.conf");
  }

  /** Returns the command that runs it. */
  public List<String> command(Path program) {
    return List.of(program.toString(), "-c", settings().toString());
  }

  /** Returns host and port. */
  public String address() {
    return "localhost:" + port;
  }

  /** Returns the file with the certificate that its clients have to trust. */
  public Path authority() {
    return certificates.file("ca");
  }

  /** Returns the file with a client's certificate. */
  public Path certificate(String client) {
    return certificates.file(client);
  }

  /** Returns the file with a client's private key. */
  public Path key(String client) {
    return certificates.file(client + "-key");
  }
}
