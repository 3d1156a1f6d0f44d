// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal ends the gateway in the time that is promised, whatever it is doing. */
class StopIT {
  @TempDir private Path folder;
  private Path conf;

  @BeforeEach
  void makeFolder() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf"));
  }

  @Test
  void amidAHandshakeThatNobodyAnswers() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout(60_000);
      Path file = conf.resolve("io.culvert.Tunnel~a.cfg.json");
      Files.writeString(
          file,
          """
          {"access.token": "s3cret", "mode": "destination", "services": ["SSH=22"],
           "endpoint": "127.0.0.1:%d"}
          """
              .formatted(silent.getLocalPort()));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      try (GatewayProcess gateway = GatewayProcess.start(folder).await("Ready: 1 tunnel");
          var connection = silent.accept()) {
        assertThat(connection.getInputStream().read()).isNotNegative();

        assertThat(gateway.stop("TERM")).isZero();
      }
    }
  }

  /** More lines than a pipe holds. */
  @Test
  void whenNobodyReadsWhatItPrints() throws Exception {
    for (int i = 0; i < 1000; i++) {
      Files.writeString(conf.resolve("org.example.Some~" + i + ".cfg.json"), "{");
    }
    try (GatewayProcess gateway = GatewayProcess.startUnread(folder)) {
      awaitReady(folder.resolve("state/log/culvert.log"));

      assertThat(gateway.stop("TERM")).isZero();
    }
  }

  @Test
  void whenItsTunnelManagerDoesNotCome() throws Exception {
    Path home = ProgramCopy.make(folder.resolve("home"));
    ProgramCopy.remove(home.resolve("bundle"), "io.culvert.core");
    // What is said of it is the last thing before the gateway waits.
    Files.writeString(conf.resolve("io.culvert.Some.cfg.json"), "{}");
    try (GatewayProcess gateway =
        GatewayProcess.startCopy(home, folder).await("Some.cfg.json: has no effect")) {
      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(gateway.lines()).last().asString().endsWith("Stopped by SIGTERM");
    }
  }

  private static void awaitReady(Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(log) || !Files.readString(log).contains("Ready: ")) {
      assertThat(System.nanoTime()).as("ready in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
