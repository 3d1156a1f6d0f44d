// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembled gateway as a process, without a service to connect to. */
class GatewayIT {
  private static final String READY = "INFO  Ready: ";
  private static final String TOKEN = "s3cret-acce55-token";
  private static final String TUNNEL = "io.culvert.Tunnel~support.cfg.json";
  // Nobody answers at this port of the machine itself.
  private static final String CONTENT =
      """
      {
        "access.token": "%s",
        "mode": "destination",
        "endpoint": "127.0.0.1:1",
        "services": ["SSH=22"]
      }
      """
          .formatted(TOKEN);

  @TempDir private Path folder;
  private Path conf;

  @BeforeEach
  void makeFolder() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void withoutConfigurationItWaitsAndASignalEndsItInOrder(String signal) throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder).await(READY)) {
      assertThat(gateway.stop(signal)).isZero();
      gateway.exit();
      assertThat(gateway.lines().subList(0, 3))
          .satisfiesExactly(
              line -> assertThat(line).contains("INFO  Culvert gateway "),
              line -> assertThat(line).endsWith("INFO  Configuration: " + conf),
              line -> assertThat(line).contains("INFO  State: " + folder.resolve("state")));
      assertThat(gateway.lines())
          .anyMatch(line -> line.contains("Ready: no tunnel is configured; a file"))
          .noneMatch(line -> line.contains("ERROR") || line.contains("WARN"));
      assertThat(gateway.lines()).last().asString().endsWith("INFO  Stopped by SIG" + signal);
      assertThat(folder.resolve("state/log/culvert.log")).hasContent(all(gateway));
      assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
    assertThat(tree("state")).isNotEmpty().allMatch(GatewayIT::isPrivate);
  }

  @Test
  void aSignalAmidTheStartEndsItInOrderToo() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder).await("INFO  Culvert gateway")) {
      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(gateway.lines()).last().asString().endsWith("INFO  Stopped by SIGTERM");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itListensOnNothing() throws Exception {
    write(TUNNEL, CONTENT);
    try (GatewayProcess gateway = GatewayProcess.start(folder).await(READY)) {
      assertThat(Listeners.of(gateway.pid())).isEmpty();
    }
  }

  @Test
  void aFileOpensATunnelAndTakesItAwayAgain() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder).await(READY)) {
      write(TUNNEL, CONTENT);
      gateway.await(TUNNEL + ": in force").await("WARN  io.culvert.Tunnel~support: CLV-TCP");

      Files.delete(conf.resolve(TUNNEL));
      gateway.await(TUNNEL + ": gone").await("INFO  io.culvert.Tunnel~support: closed");
    }
  }

  @Test
  void aFileThatIsNoJsonIsNamedWithItsLineAndChangesNothing() throws Exception {
    write(TUNNEL, CONTENT);
    try (GatewayProcess gateway =
        GatewayProcess.start(folder).await("Ready: 1 tunnel is configured")) {
      write(TUNNEL, "{\n  \"access.token\": " + TOKEN + "\n}");
      gateway.await("ERROR " + conf.resolve(TUNNEL) + ": line 2, column ");
      write("io.culvert.Tunnel.json", CONTENT);
      gateway.await("WARN  " + conf.resolve("io.culvert.Tunnel.json") + ": is not read; a name");
      gateway.signal("TERM");

      assertThat(gateway.exit()).isZero();
      assertThat(all(gateway))
          .containsPattern("is not JSON; its last good version \\(applied 2\\S+Z\\) stays")
          .doesNotContain(TOKEN, "s3cret", "Exception");
    }
    try (GatewayProcess next = GatewayProcess.start(folder).await("Ready: 1 tunnel")) {
      assertThat(all(next)).contains("line 2, column ");
      next.await(TUNNEL + ": in force in its last good version (applied 2");
    }
  }

  @Test
  void aValueThatIsNotAllowedIsNamedAndTheRestGoesOn() throws Exception {
    String file = "io.culvert.StreamBridge.cfg.json";
    write(file, "{\"queue.while.down\": true,\n\"backlog\": 0}");
    try (GatewayProcess gateway = GatewayProcess.start(folder).await(READY)) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains(file))
          .singleElement()
          .asString()
          .contains("WARN  " + conf.resolve(file) + ": not in force, the defaults stay: ")
          .contains("line 2: backlog '0': must be a whole number of 1 to 65535");
      write(file, "{\"backlog\": 1}");
      gateway.await("INFO  " + conf.resolve(file) + ": in force");
      write(file, "{\"backlog\": 1,\n\"bufer.total\": 1}");
      gateway.await("WARN  " + conf.resolve(file) + ": in force, but line 2: bufer.total: is no");
      assertThat(gateway.lines()).filteredOn(line -> line.contains("WARN")).hasSize(2);
    }
  }

  @Test
  void theLastGoodConfigurationIsInForceAfterARestartToo() throws Exception {
    write(TUNNEL, CONTENT);
    try (GatewayProcess gateway = GatewayProcess.start(folder).await("CLV-TCP")) {
      write(TUNNEL, CONTENT.replace("destination", "both"));
      gateway.await("Z) stays: line 3: mode 'both': must be one of");
      assertThat(gateway.stop("TERM")).isZero();
    }
    try (GatewayProcess next = GatewayProcess.start(folder).await("CLV-TCP")) {
      next.await("Ready: 1 tunnel");
      assertThat(next.lines())
          .filteredOn(line -> line.contains(TUNNEL))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .contains(": not in force, its last good version (applied 2")
                      .contains("Z) stays: line 3: mode 'both': must be one of"),
              line -> assertThat(line).contains(": in force in its last good version (applied 2"));
      assertThat(next.lines()).noneMatch(line -> line.contains("CLV-CONFIG"));
    }
  }

  @Test
  void aTokenThatOthersCanReadIsWarnedOfAndStaysSecret() throws Exception {
    write(TUNNEL, CONTENT);
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(
        conf.resolve(TUNNEL), PosixFilePermissions.fromString("rw-r--r--"));
    try (GatewayProcess gateway = GatewayProcess.start(folder, "-v", "6").await("CLV-TCP")) {
      gateway.signal("TERM");

      assertThat(gateway.exit()).isZero();
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("can read its access.token"))
          .singleElement()
          .asString()
          .contains("WARN  " + conf.resolve(TUNNEL) + ": every user of this machine");
      assertThat(all(gateway)).contains("DEBUG").doesNotContain(TOKEN);
      assertThat(Files.readString(folder.resolve("state/log/culvert.log"))).doesNotContain(TOKEN);
    }
  }

  @Test
  void twoGatewaysDoNotShareAStateFolder() throws Exception {
    try (GatewayProcess first = GatewayProcess.start(folder).await(READY);
        GatewayProcess second = GatewayProcess.start(folder)) {
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.lines())
          .containsExactly(
              "culvert: --state '%s' is in use by another gateway (process %d)"
                  .formatted(folder.resolve("state"), first.pid()));
    }
  }

  @Test
  void aKilledGatewayStartsAgainAndForgetsFilesThatHaveGone() throws Exception {
    write(TUNNEL, CONTENT);
    write("io.culvert.ServiceMappingConfig.cfg.json", "{\"destinations\": [\"SSH=22\"]}");
    try (GatewayProcess first = GatewayProcess.start(folder).await("Ready: 1 tunnel")) {
      first.signal("KILL");
      assertThat(first.exit()).isNotZero();
    }
    assertThat(tree("state/config")).anyMatch(file -> holds(file, TOKEN));
    Files.delete(conf.resolve(TUNNEL));

    try (GatewayProcess next = GatewayProcess.start(folder).await("Ready: no tunnel")) {
      assertThat(all(next)).contains(TUNNEL + ": gone; its configuration is deleted");
      assertThat(tree("state/config"))
          .noneMatch(file -> holds(file, TOKEN))
          .anyMatch(file -> file.endsWith("ServiceMappingConfig.config"));
    }
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void levelsAndTheSizeOfTheLogCanBeSet() throws Exception {
    write(TUNNEL, CONTENT);
    write(
        "logging.properties",
        "io.culvert.level=FINEST\njava.util.logging.FileHandler.limit=10000\nnonsense=1\n");
    try (GatewayProcess gateway = GatewayProcess.start(folder).await("CLV-TCP")) {
      assertThat(all(gateway)).contains("DEBUG", "logging.properties: nonsense '1' has no effect");
    }
  }

  private void write(String file, String content) throws IOException {
    Path whole = Files.writeString(folder.resolve("new"), content);
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
    Files.move(whole, conf.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Path> tree(String name) throws IOException {
    try (Stream<Path> tree = Files.walk(folder.resolve(name))) {
      return tree.toList();
    }
  }

  private static boolean isPrivate(Path path) {
    try {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      return mode.endsWith("------");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return Files.isRegularFile(file) && Files.readString(file, ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String all(GatewayProcess gateway) {
    return String.join("\n", gateway.lines()) + "\n";
  }
}
