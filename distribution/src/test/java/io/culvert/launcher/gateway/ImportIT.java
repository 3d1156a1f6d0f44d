// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembled gateway imports files and then runs with what it has made of them. */
class ImportIT {
  private static final String TOKEN = "s3cret-acce55-token";
  private static final List<String> PIDS =
      List.of(
          "io.culvert.TunnelManager",
          "io.culvert.StreamBridge",
          "io.culvert.ServiceMappingConfig",
          "io.culvert.Tunnel~old");

  @TempDir private Path folder;

  @Test
  void theGatewayAcceptsAllThatItHasImported() throws Exception {
    // Nobody answers at this port of the machine itself.
    Files.writeString(
        folder.resolve("config.ini"),
        """
        access-token = %s
        proxy-endpoint = 127.0.0.1:1
        mode = source
        source-listen-port = SSH=127.0.0.1:0
        local-bind-address = 127.0.0.1
        """
            .formatted(TOKEN));
    Files.createDirectory(folder.resolve("tree"));
    Files.writeString(folder.resolve("tree/a.ini"), "WEB=0\nVNC=localhost:0\n");
    Files.writeString(
        folder.resolve("settings.json"),
        """
        {"tunneling": {"proxy": {
          "region_endpoint_overrides": {"us-east-1": "tunnel.example:8443"},
          "tcp": {"connection_retry_count": "5", "connection_retry_delay_ms": "2500",
                  "max_active_connections": "128"},
          "message": {"max_payload_size": "64512"},
          "websocket": {"ping_period_ms": "20000", "retry_delay_ms": "90000",
                        "connect_retry_count": "-1",
                        "subprotocol": "aws.iot.securetunneling-3.0"}}}}
        """);
    try (GatewayProcess command =
        GatewayProcess.start(
            folder,
            "import",
            "--config=config.ini",
            "--config-dir=tree",
            "--settings-json=settings.json",
            "--name=old")) {
      assertThat(command.exit()).isZero();
      assertThat(command.lines())
          .contains("Took 16 of 16 entries, dropped 0.")
          .noneMatch(line -> line.contains(TOKEN));
    }
    try (GatewayProcess gateway =
        GatewayProcess.start(folder).await("Ready: 1 tunnel is configured")) {
      gateway.await("WARN  io.culvert.Tunnel~old: CLV-TCP");
      gateway.signal("TERM");
      gateway.exit();

      for (String pid : PIDS) {
        assertThat(gateway.lines())
            .anyMatch(line -> line.matches(".*/" + pid + "\\.cfg\\.json: (in force|handed over)"));
      }
      assertThat(gateway.lines())
          .noneMatch(line -> line.contains("ERROR"))
          .noneMatch(line -> line.contains("WARN") && !line.contains("CLV-TCP"));
    }
  }

  @Test
  void whatTheGatewayWouldRefuseIsNotWritten() throws Exception {
    Files.writeString(
        folder.resolve("config.ini"),
        "access-token = "
            + TOKEN
            + "\nsource-listen-port = SSH=127.0.0.1:5555, WEB=127.0.0.1:5555\n");
    try (GatewayProcess command = GatewayProcess.start(folder, "import", "--config=config.ini")) {
      assertThat(command.exit()).isOne();
      assertThat(command.lines())
          .contains(
              "refused! config.ini:2 because io.culvert.Tunnel~imported would not accept services"
                  + " 'WEB=127.0.0.1:5555': another service already listens on port 5555")
          .noneMatch(line -> line.contains(TOKEN));
    }
    assertThat(folder.resolve("conf")).isEmptyDirectory();
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aTokenThatATunnelHasAlreadyIsNotWrittenAgain() throws Exception {
    Files.writeString(
        folder.resolve("config.ini"), "access-token = " + TOKEN + "\ndestination-app = SSH=22\n");
    Files.createDirectory(folder.resolve("conf"));
    Path there = folder.resolve("conf/io.culvert.Tunnel~old.cfg.json");
    Files.writeString(there, "{\"access.token\": \"$[env:OLD]\"}");
    Map<String, String> old = Map.of("OLD", TOKEN);

    try (GatewayProcess command =
        GatewayProcess.start(folder, old, "import", "--config=config.ini")) {
      assertThat(command.exit()).isOne();
      assertThat(command.lines())
          .contains(
              "refused! io.culvert.Tunnel~imported.cfg.json because this and"
                  + " io.culvert.Tunnel~old.cfg.json have the same access token, which is good for"
                  + " one tunnel only: delete one of them")
          .noneMatch(line -> line.contains(TOKEN));
    }
    assertThat(folder.resolve("conf").toFile().list()).hasSize(1);
    assertThat(folder.resolve("tmp")).isEmptyDirectory();

    try (GatewayProcess command =
        GatewayProcess.start(
            folder, old, "import", "--config=config.ini", "--name=old", "--force")) {
      assertThat(command.exit()).isZero();
    }
    assertThat(Files.readString(there)).contains(TOKEN);
  }
}
