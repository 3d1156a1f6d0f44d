// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of others beside those of the gateway, and files that configure nothing. */
class DeployIT {
  @TempDir private Path folder;

  @Test
  void bundlesOfOthersAreStartedAndOneThatIsBrokenHoldsUpNothing() throws Exception {
    Path home = ProgramCopy.make(folder.resolve("home"));
    Path deploy = Files.createDirectory(home.resolve("deploy"));
    Files.writeString(deploy.resolve("a.jar"), "no bundle");
    // A name like ours makes it none of ours.
    ProgramCopy.writeBundle(
        deploy.resolve("b.jar"),
        Map.of(
            "Bundle-SymbolicName", "io.culvert.other",
            "Import-Package", "org.example.missing"));
    ProgramCopy.writeBundle(
        deploy.resolve("c.jar"),
        Map.of("Bundle-SymbolicName", "org.example.c", "Import-Package", "io.culvert.api"));
    try (GatewayProcess gateway = GatewayProcess.startCopy(home, folder).await("Ready: ")) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("ERROR"))
          .satisfiesExactly(
              line -> assertThat(line).contains(deploy.resolve("a.jar") + " cannot be installed: "),
              line -> assertThat(line).contains(deploy.resolve("b.jar") + " cannot be started: "));
      assertThat(gateway.stop("TERM")).isZero();
    }
  }

  @Test
  void aMisspeltPidIsNamedWithTheRightOnes() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("io.culvert.Tunel~a.cfg.json"), "{}");
    Files.writeString(conf.resolve("io.culvert.Tunnel.cfg.json"), "{}");
    try (GatewayProcess gateway = GatewayProcess.start(folder).await("Ready: no tunnel")) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("Tunel~a.cfg.json: has no effect"))
          .singleElement()
          .asString()
          .contains("did you mean io.culvert.Tunnel? (there are io.culvert.MqttNotifications, ");
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("ERROR"))
          .singleElement()
          .asString()
          .contains("rename it to io.culvert.Tunnel~NAME.cfg.json");
      assertThat(gateway.stop("TERM")).isZero();
    }
  }
}
