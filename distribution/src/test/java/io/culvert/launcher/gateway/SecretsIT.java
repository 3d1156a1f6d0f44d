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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the assembled gateway makes of placeholders, and of configurations that others changed. */
class SecretsIT {
  private static final String READY = "INFO  Ready: ";
  private static final String TOKEN = "s3cret-acce55-token";
  private static final String TUNNEL = "io.culvert.Tunnel~support.cfg.json";
  // Nobody answers at these ports of the machine itself.
  private static final String CONTENT =
      """
      {
        "access.token": "$[secret:token]",
        "endpoint": "127.0.0.1:4",
        "client.token": "$[env:CLIENT;default=12345678-1234-1234-1234-123456789012]"
      }
      """;

  @TempDir private Path folder;
  private Path conf;
  private Path secrets;

  @BeforeEach
  void makeFolders() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf"));
    secrets = Files.createDirectory(folder.resolve("secrets"));
  }

  @Test
  void aComponentGetsTheSecretsAndConfigAdminKeepsThePlaceholders() throws Exception {
    write(secrets.resolve("token"), TOKEN + "\n");
    write(secrets.resolve("proxy"), "http://user:" + TOKEN + "@127.0.0.1:1\r\n");
    write(conf.resolve(TUNNEL), CONTENT);
    write(
        conf.resolve("io.culvert.TunnelManager.cfg.json"),
        "{\"web.proxy\": \"$[secret:proxy;default=http://127.0.0.1:3]\"}");
    try (GatewayProcess gateway = start("-v", "6").await("the web proxy at 127.0.0.1:1")) {
      write(secrets.resolve("proxy"), "http://user:" + TOKEN + "@127.0.0.1:2\n");
      gateway
          .await("proxy: changed; io.culvert.TunnelManager is handed over again")
          .await("the web proxy at 127.0.0.1:2");
      Files.delete(secrets.resolve("proxy"));
      gateway.await("proxy: gone; ").await("the web proxy at 127.0.0.1:3");

      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(gateway.lines())
          .anyMatch(line -> line.endsWith("INFO  Secrets: " + secrets))
          .noneMatch(line -> line.contains("ERROR") || line.contains(TOKEN))
          .noneMatch(line -> line.contains("Replaced value"));
    }
    assertThat(kept("Tunnel%007esupport")).content(ISO_8859_1).contains("$[secret:token]");
    try (Stream<Path> tree = Files.walk(folder.resolve("state"))) {
      assertThat(tree.filter(Files::isRegularFile).toList())
          .noneSatisfy(file -> assertThat(file).content(ISO_8859_1).contains(TOKEN));
    }
  }

  @Test
  void whatAnotherToolHasChangedIsInForceAtTheNextStart() throws Exception {
    Path file = conf.resolve("io.culvert.StreamBridge.cfg.json");
    write(file, "{\"backlog\": 7}");
    try (GatewayProcess gateway = start().await(file + ": in force").await(READY)) {
      assertThat(gateway.stop("TERM")).isZero();
    }
    String good = Files.readString(kept("StreamBridge"), ISO_8859_1);
    Files.writeString(kept("StreamBridge"), good.replace("\"7\"", "\"-7\""), ISO_8859_1);

    try (GatewayProcess gateway = start().await("backlog '-7'").await(READY)) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains(file.toString()))
          .singleElement()
          .asString()
          .contains("INFO ", ": another tool has changed its configuration since");
      write(file, "{\"backlog\": -8}");
      gateway.await(file + ": not in force, the defaults stay: line 1: backlog '-8'");
    }
  }

  @Test
  void aSecretWhereItWouldBeShownIsRefused() throws Exception {
    Path file = conf.resolve(TUNNEL);
    write(secrets.resolve("token"), TOKEN);
    write(
        file,
        CONTENT
            .replace("127.0.0.1:4", "$[secret:$[env:NAME]]:0")
            .replace("{", "{\"mode\": \"$[conf:access.token]\", \"name\": \"$[env:DEEP]\","));
    Map<String, String> variables =
        Map.of("CULVERT_SECRETS", secrets.toString(), "NAME", "token", "DEEP", "$[secret:token]");
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, variables, "-v", "6").await("Ready: no tunnel")) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("WARN"))
          .singleElement()
          .asString()
          .contains(file + ": not in force, the tunnel stays closed: ")
          .contains(
              "line 1: mode: $[conf:access.token]: may be used for secrets only, here access.token,",
              "line 1: name: $[env:DEEP]: leads to another placeholder, so it may be used for secrets only",
              "line 3: endpoint: $[secret:\u2026]: may be used for secrets only, here access.token,");
      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(gateway.lines()).noneMatch(line -> line.contains(TOKEN));
    }
  }

  @Test
  void aTunnelWhoseSecretComesLaterIsOpenedThen() throws Exception {
    Path file = conf.resolve(TUNNEL);
    write(file, CONTENT);
    try (GatewayProcess gateway = start().await("Ready: no tunnel")) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("WARN"))
          .singleElement()
          .asString()
          .contains(file + ": not in force, the tunnel stays closed: line 2: access.token")
          .contains("there is no file token in the folder of secrets");
      write(secrets.resolve("token"), TOKEN);
      gateway.await(file + ": in force").await("service at 127.0.0.1:4:");
    }
  }

  @Test
  void aTunnelWhoseSecretIsMissingAtTheNextStartStaysClosed() throws Exception {
    Path file = conf.resolve(TUNNEL);
    write(secrets.resolve("token"), TOKEN);
    write(file, CONTENT);
    try (GatewayProcess gateway = start().await("Ready: 1 tunnel is configured")) {
      assertThat(gateway.stop("TERM")).isZero();
    }
    Files.delete(secrets.resolve("token"));
    try (GatewayProcess gateway =
        start().await("Ready: no tunnel is configured, 1 file is refused (see above)")) {
      assertThat(gateway.lines())
          .filteredOn(line -> line.contains("WARN"))
          .singleElement()
          .asString()
          .contains(file + ": not in force, the tunnel stays closed: line 2: access.token: ");
      write(secrets.resolve("token"), TOKEN);
      gateway.await(file + ": in force").await("service at 127.0.0.1:4:");
    }
  }

  @Test
  void aCopyOfATunnelStaysClosedWhileTheTunnelIsThere() throws Exception {
    Path copy = conf.resolve("io.culvert.Tunnel~backup.cfg.json");
    write(secrets.resolve("token"), TOKEN);
    write(conf.resolve(TUNNEL), CONTENT);
    try (GatewayProcess gateway = start().await("io.culvert.Tunnel~support: CLV-TCP")) {
      write(copy, CONTENT.replace("$[secret:token]", TOKEN));
      gateway.await(
          copy
              + ": not in force, the tunnel stays closed: this and "
              + TUNNEL
              + " have the same access token, which is good for one tunnel only");
      assertThat(gateway.stop("TERM")).isZero();
    }
    try (GatewayProcess gateway =
        start().await("Ready: 1 tunnel is configured, 1 file is refused (see above)")) {
      gateway.await(conf.resolve(TUNNEL) + ": in force");
      write(secrets.resolve("token"), "another-" + TOKEN);
      gateway.await(copy + ": in force").await("io.culvert.Tunnel~backup: CLV-TCP");
      assertThat(gateway.stop("TERM")).isZero();
      gateway.exit();
      assertThat(gateway.lines()).noneMatch(line -> line.contains(TOKEN));
    }
  }

  private GatewayProcess start(String... arguments) throws IOException {
    String[] secretsToo =
        Stream.concat(Stream.of("--secrets", secrets.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return GatewayProcess.start(folder, secretsToo);
  }

  private Path kept(String name) {
    return folder.resolve("state/config/io/culvert").resolve(name + ".config");
  }

  private void write(Path file, String content) throws IOException {
    Path whole = Files.writeString(folder.resolve("new"), content);
    Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
