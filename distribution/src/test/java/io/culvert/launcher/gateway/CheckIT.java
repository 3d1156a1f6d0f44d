// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The subcommand {@code check} with the assembled bundles. */
class CheckIT {
  private static final String TOKEN = "s3cret-acce55-token";

  /** A file, its text, and what is found: each after the name of the file. */
  private record Row(String file, String text, String... found) {}

  private static final List<Row> TABLE =
      List.of(
          new Row(
              "io.culvert.ServiceMappingConfig.cfg.json",
              "{\n \"destinations\": [\"SSH=22\", \"RDP=$[env:RDP;default=3389]\"],\n"
                  + " \"sources\": [\"SSH=nonsense\"]}",
              ":3: error: sources "),
          new Row(
              "io.culvert.StreamBridge.cfg.json",
              "{\n \"backlog\": 0, \"bufer.total\": 1,\n\n \"tcp.retry.count\": \"x\"\n}",
              ":2: error: backlog '0': must be a whole number of 1 to 65535",
              ":2: warning: bufer.total: ",
              ":4: error: tcp.retry.count 'x': must be a whole number of -1 to 1000000"),
          new Row(
              "io.culvert.Tunel~x.cfg.json", "{}", ": error: has no effect, as nothing here is"),
          new Row("io.culvert.Tunnel.cfg.json", "{}", ": error: each of a kind needs a name"),
          new Row("io.culvert.Tunnel.json", "{}", ": error: is not read; a name must be PID.cfg"),
          new Row(
              "io.culvert.TunnelManager.cfg.json",
              "{\"a\": 1,\n " + TOKEN + ": 2}",
              ":2:2: error: is not JSON"),
          new Row("io.culvert.Tunnel~a.cfg.json", "{\"access.token\": \"" + TOKEN + "\"}"),
          new Row(
              "io.culvert.Tunnel~b.cfg.json",
              "{\"access.token\": \"$[secret:token]\", \"region\": \"us-east-1\"}",
              ": error: this and io.culvert.Tunnel~a.cfg.json have the same access token"),
          new Row(
              "io.culvert.Tunnel~c.cfg.json",
              "{\"access.token\": \"$[secret:none]\",\n \"endpoint\": \"$[env:NONE]:443\"}",
              ":1: error: access.token",
              ":2: error: endpoint"),
          new Row(
              "io.culvert.Tunnel~d.cfg.json",
              "{\"access.token\": \"x" + TOKEN + "\",\n\n \"mode\": \"both\", \"Mode\": 1}",
              ":3:26: error: the key is there twice"),
          new Row("logging.properties", "nonsense"),
          new Row(
              "org.example.cfg.json",
              "{\"a\": [\"$[env:NONE;default=x]\", \"$[prop:none.at.all]\"]}",
              ":1: error: a: nothing replaces $[prop:none.at.all]: neither"),
          new Row(
              "tunnel~x.cfg.json",
              "{\"token\": \"$[secret:none]\"}",
              ": warning: handed over, but nothing here is known as tunnel; did you mean"
                  + " io.culvert.Tunnel?",
              ":1: error: token: nothing replaces $[secret:none]: there is no file none in the"
                  + " folder of secrets"));

  @TempDir private Path folder;
  private Path conf;
  private Path secrets;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void makeFolders() throws IOException {
    conf = Files.createDirectory(folder.resolve("conf"));
    secrets = Files.createDirectory(folder.resolve("secrets"));
    write(secrets.resolve("token"), TOKEN + "\n");
  }

  @Test
  void everythingThatIsWrongIsNamedWithItsPlace() throws Exception {
    for (Row row : TABLE) {
      write(conf.resolve(row.file()), row.text());
    }

    assertThat(check()).isEqualTo(ExitCode.CONFIGURATION);
    List<String> lines = out.toString(UTF_8).lines().toList();
    List<String> expected =
        TABLE.stream().flatMap(row -> Stream.of(row.found()).map(it -> row.file() + it)).toList();
    assertThat(lines).hasSize(expected.size() + 1).noneMatch(line -> line.contains(TOKEN));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(lines.get(i)).startsWith(conf.resolve(expected.get(i)).toString());
    }
    assertThat(lines).last().isEqualTo("12 files: 13 errors, 2 warnings");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void warningsAreNoErrors() throws Exception {
    Path file = conf.resolve("io.culvert.Tunnel~a.cfg.json");
    write(file, "{\n\"access.token\": \"" + TOKEN + "\", \"region\": \"us-east-1\", \"x\": 1}");
    for (Path open : List.of(conf, secrets)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(check("conf/io.culvert.Tunnel~a.cfg.json")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("a.cfg.json:2: warning: every user", "access.token"),
            line -> assertThat(line).contains("a.cfg.json:2: warning: x: is no key here"),
            line -> assertThat(line).isEqualTo("1 file: 0 errors, 2 warnings"));
  }

  @Test
  void twoFoldersMayHoldTheSameTunnel() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    for (Path each : List.of(conf, other)) {
      write(
          each.resolve("io.culvert.Tunnel~a.cfg.json"),
          "{\"access.token\": \"" + TOKEN + "\", \"region\": \"us-east-1\"}");
    }

    assertThat(check("conf", "other")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(UTF_8)).isEqualTo("2 files: 0 errors, 0 warnings\n");
  }

  @Test
  void tunnelsOfOneNameAreFound() throws Exception {
    String tunnel = "{\"access.token\": \"%s%s\", \"region\": \"us-east-1\"%s}";
    write(tunnel("a"), tunnel.formatted(TOKEN, "a", ", \"name\": \"one\""));
    write(tunnel("b"), tunnel.formatted(TOKEN, "b", ", \"name\": \" one \""));
    write(tunnel("c"), tunnel.formatted(TOKEN, "c", ", \"name\": \"io.culvert.Tunnel~d\""));
    write(tunnel("d"), tunnel.formatted(TOKEN, "d", ""));
    write(tunnel("e"), tunnel.formatted(TOKEN, "e", ", \"name\": \"one\", \"enabled\": false"));

    assertThat(check()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(out.toString(UTF_8).lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(tunnel("b") + ": error: this and io.culvert.Tunnel~a.cfg.json have")
                    .contains("the same name"),
            line ->
                assertThat(line)
                    .startsWith(tunnel("d") + ": error: this and io.culvert.Tunnel~c.cfg.json have")
                    .contains("the same name"),
            line -> assertThat(line).isEqualTo("5 files: 2 errors, 0 warnings"));
  }

  @Test
  void aTunnelThatHasNothingToConnectToIsFound() throws Exception {
    write(tunnel("a"), "{\"access.token\": \"" + TOKEN + "\"}");
    String wrong =
        tunnel("a")
            + ": error: neither this nor io.culvert.TunnelManager.cfg.json has a region or an"
            + " endpoint, so there is nothing to connect to\n1 file";

    assertThat(check()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(out.toString(UTF_8)).startsWith(wrong);
    assertThat(check("conf/io.culvert.Tunnel~a.cfg.json")).isEqualTo(ExitCode.OK);

    write(conf.resolve("io.culvert.TunnelManager.cfg.json"), "{\"region\": \"\"}");
    assertThat(check()).isEqualTo(ExitCode.CONFIGURATION);
    write(
        conf.resolve("io.culvert.TunnelManager.cfg.json"),
        "{\"region\": \"$[env:NONE;default=us-east-1]\"}");
    assertThat(check()).isEqualTo(ExitCode.OK);
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThat(check("conf/none.cfg.json")).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "culvert: '%s': must be a file, or a folder that this user may read and enter\n",
            conf.resolve("none.cfg.json"));
    err.reset();
    assertThat(check("--secrets", "none")).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).startsWith("culvert: --secrets '").hasLineCount(1);
    err.reset();
    assertThat(check("--nonsense")).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(err.toString(UTF_8)).contains("--nonsense").hasLineCount(1);
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void theProcessChecksItsOwnFolderAndLeavesNothingBehind() throws Exception {
    write(conf.resolve("io.culvert.StreamBridge.cfg.json"), "{\"backlog\": 0}");
    try (GatewayProcess process = GatewayProcess.start(folder, "check")) {
      assertThat(process.exit()).isEqualTo(1);
      assertThat(process.lines())
          .first()
          .asString()
          .startsWith(conf.resolve("io.culvert.StreamBridge.cfg.json") + ":1: error: backlog '0'");
    }
    assertThat(folder.resolve("state")).doesNotExist();
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    assertThat(conf).isDirectoryContaining("glob:**.cfg.json");
  }

  private Path tunnel(String name) {
    return conf.resolve("io.culvert.Tunnel~" + name + ".cfg.json");
  }

  private ExitCode check(String... arguments) {
    Console console =
        new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    Map<String, String> environment =
        Map.of("CULVERT_CONF", "conf", "CULVERT_SECRETS", secrets.toString());
    String[] all = Stream.concat(Stream.of("check"), Stream.of(arguments)).toArray(String[]::new);
    return new GatewayCommand(
            GatewayProcess.HOME,
            new Surroundings(environment, folder),
            console,
            new CompletableFuture<>())
        .run(all);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
