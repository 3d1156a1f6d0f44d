// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.launcher.framework.KnownPids;
import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches ConfigAdmin, in which order, and what is said. */
class ConfFolderTest {
  private static final String TUNNEL = "io.culvert.Tunnel~%s.cfg.json";

  private static final String TOKEN = "s3cret-acce55-token";
  private static final KnownPids KNOWN =
      new KnownPids(
          new TreeSet<>(Set.of("io.culvert.StreamBridge", "io.culvert.TunnelManager")),
          new TreeSet<>(Set.of("io.culvert.Tunnel")),
          Map.of("io.culvert.Tunnel", Set.of("access.token")));

  @TempDir private Path folder;
  @TempDir private Path state;
  private final FakeComponents components = new FakeComponents();
  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private ConfFolder conf;

  @BeforeEach
  void start() throws Exception {
    Log.start(4, new PrintStream(log, true, UTF_8));
    write("b", TOKEN);
    restart();
    admin.calls().clear();
    log.reset();
  }

  @Test
  void aFileThatGetsAnotherNameGoesBeforeItComes() throws Exception {
    Files.move(file("b"), file("a"));
    settle();

    assertThat(admin.calls())
        .containsExactly("delete io.culvert.Tunnel~b", "put io.culvert.Tunnel~a");
  }

  @Test
  void whatConfigAdminCannotWriteIsSaidOnceAndTriedAgain() throws Exception {
    admin.fail(true);
    write("b", "two");
    write("c", "three");
    settle();
    conf.refresh();
    assertThat(admin.calls()).isEmpty();
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("cannot be applied"));

    admin.fail(false);
    conf.refresh();
    assertThat(admin.calls()).containsExactly("put io.culvert.Tunnel~b", "put io.culvert.Tunnel~c");

    admin.calls().clear();
    admin.fail(true);
    Files.delete(file("b"));
    settle();
    admin.fail(false);
    conf.refresh();
    conf.refresh();
    assertThat(admin.calls()).containsExactly("delete io.culvert.Tunnel~b");
  }

  @Test
  void aFileThatCannotBeLookedAtKeepsItsTunnelAndIsSaidOnce() throws Exception {
    Files.delete(file("b"));
    Files.createSymbolicLink(file("b"), file("b").getFileName());
    settle();
    settle();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN  " + folder + ": cannot look at io.culvert.Tunnel~b.cfg.json, everything");
  }

  @ParameterizedTest
  @CsvSource({
    "io.culvert.Tunnels~a, ; did you mean io.culvert.Tunnel?",
    "io.culvert.tunnelmanager, ; did you mean io.culvert.TunnelManager?",
    "io.culvert.MANAGERTUNNEL, ''",
    "io.culvert.TUNNEL_MANAGER, ; did you mean io.culvert.TunnelManager?",
    "io.culvert.Bridge, ; did you mean io.culvert.StreamBridge?",
    "io.culvert.Something, ''",
  })
  void aPidThatNothingHasIsSaidOnceWithThoseThatAre(String pid, String nearest) throws Exception {
    Files.writeString(folder.resolve(pid + ".cfg.json"), "{}");
    settle();
    settle();

    assertThat(admin.calls()).containsExactly("put " + pid);
    assertThat(lines())
        .filteredOn(line -> line.contains("WARN"))
        .singleElement()
        .asString()
        .endsWith(
            "%s.cfg.json: has no effect, as nothing here is called %s%s (there are"
                    .formatted(pid, pid.replace("~a", ""), nearest)
                + " io.culvert.StreamBridge, io.culvert.Tunnel, io.culvert.TunnelManager)");
  }

  @Test
  void pidsOfOthersAreNotDoubted() throws Exception {
    Files.writeString(folder.resolve("org.example.Some.cfg.json"), "{}");
    settle();

    assertThat(lines()).singleElement().asString().endsWith(": handed over");
  }

  @Test
  void aNameThatIsMissingOrTooMuchIsRefused() throws Exception {
    Files.writeString(folder.resolve("io.culvert.Tunnel.cfg.json"), "{}");
    Files.writeString(folder.resolve("io.culvert.TunnelManager~a.cfg.json"), "{}");
    settle();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("ERROR", "Tunnel.cfg.json: each of a kind needs a name")
                    .contains("rename it to io.culvert.Tunnel~NAME.cfg.json;"),
            line ->
                assertThat(line)
                    .contains("ERROR", "TunnelManager~a.cfg.json: there is only one of its kind")
                    .contains("rename it to io.culvert.TunnelManager.cfg.json;"));
  }

  @Test
  void filesWithTheSameTokenAreNamedOnceWithoutIt() throws Exception {
    write("b.bak", TOKEN);
    settle();
    write("b.bak", TOKEN);
    settle();

    assertThat(lines())
        .filteredOn(line -> line.contains("WARN"))
        .singleElement()
        .asString()
        .contains(file("b.bak") + " and io.culvert.Tunnel~b.cfg.json have the same access token")
        .doesNotContain(TOKEN);

    log.reset();
    Files.move(file("b.bak"), file("c"));
    Files.delete(file("b"));
    settle();
    assertThat(lines()).noneMatch(line -> line.contains("WARN"));
  }

  @Test
  void whatAnotherToolHasChangedStaysUntilTheFileChanges() throws Exception {
    admin.set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    restart();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith(
            "INFO  "
                + file("b")
                + ": another tool has changed its configuration since, and that stays; to make the"
                + " file count again, change it");

    write("b", TOKEN + " ");
    settle();
    assertThat(admin.calls()).containsExactly("put io.culvert.Tunnel~b");
  }

  @Test
  void whatAnotherToolHasDeletedStaysDeletedUntilTheFileChanges() throws Exception {
    admin.delete("io.culvert.Tunnel~b");
    restart();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines()).singleElement().asString().contains(": another tool has deleted its");

    write("b", "two");
    restart();
    assertThat(admin.calls()).containsExactly("put io.culvert.Tunnel~b");
  }

  @Test
  void aFileThatIsSavedUnchangedGivesWayToAnotherToolToo() throws Exception {
    write("b", TOKEN);
    settle();
    assertThat(lines()).isEmpty();

    admin.set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    write("b", TOKEN);
    settle();
    assertThat(admin.calls()).isEmpty();
    assertThat(lines()).singleElement().asString().contains(": another tool has changed its");
  }

  @Test
  void aFileThatHasGoneMeanwhileTakesItsConfigurationAlong() throws Exception {
    admin.set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    admin.set("io.culvert.Tunnel~web", Map.of("access.token", "of the web console"));
    Files.delete(file("b"));
    restart();
    restart();

    assertThat(admin.calls()).containsExactly("delete io.culvert.Tunnel~b");
    assertThat(lines()).singleElement().asString().endsWith("gone; its configuration is deleted");
  }

  @Test
  void aFileThatWasNeverAppliedTakesNothingAlong() throws Exception {
    admin.set("io.culvert.Tunnel~web", Map.of("access.token", "of the web console"));
    Files.writeString(file("web"), "no JSON");
    settle();
    Files.delete(file("web"));
    settle();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines()).singleElement().asString().contains("ERROR", "is not JSON");
  }

  @Test
  void whatIsKeptOfTheFilesIsNeverInTheWay() throws Exception {
    Files.write(state.resolve("applied"), new byte[] {0, -1, '\n', 'x'});
    restart();

    assertThat(admin.calls()).isEmpty();
    assertThat(state.resolve("applied")).content(UTF_8).matches("[0-9a-f]{64}  io.*b.cfg.json\n");
  }

  @Test
  void aPlaceholderIsNoSecretButItsFileIs() throws Exception {
    Path secrets = Files.createDirectory(state.resolve("secrets"));
    Path secret = Files.writeString(secrets.resolve("b"), TOKEN);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    write("b", "$[secret:b]$[secret:../b]");
    write("c", "$[secret:none]");
    for (String name : List.of("b", "c")) {
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-r--r--"));
    }
    settle();

    assertThat(lines())
        .filteredOn(line -> line.contains("WARN"))
        .satisfiesExactly(
            line -> assertThat(line).contains(file("b") + ": every user", "its access.token"),
            line -> assertThat(line).contains(secret + ": every user of this machine can read it"));
  }

  @Test
  void whatAComponentRefusesDoesNotTakeThePlaceOfWhatWasGood() throws Exception {
    write("b", FakeComponents.WRONG);
    settle();
    restart();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.endsWith(
                    "WARN  "
                        + file("b")
                        + ": not in force, what was before stays: line 1: access.token: is refused"));

    log.reset();
    write("b", TOKEN);
    settle();
    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith("again as it was; its configuration has stayed");

    write("b", FakeComponents.WRONG);
    settle();
    Files.delete(file("b"));
    settle();
    assertThat(admin.calls()).containsExactly("delete io.culvert.Tunnel~b");
  }

  @Test
  void whatIsWrongFromTheBeginningSaysWhatIsThereInstead() throws Exception {
    write("c", FakeComponents.WRONG);
    Files.writeString(folder.resolve("io.culvert.StreamBridge.cfg.json"), "{\"backlog\": 0}");
    settle();
    Files.delete(file("c"));
    settle();

    assertThat(admin.calls()).isEmpty();
    assertThat(lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("not in force, the defaults stay: line 1: backlog: "),
            line ->
                assertThat(line)
                    .contains("c.cfg.json: not in force, the tunnel stays closed: line 1: acc"));
    admin.set("io.culvert.StreamBridge", Map.of("backlog", 0L));
    restart();
    assertThat(lines()).last().asString().contains("not in force, the defaults stay: ");
  }

  @Test
  void aFileThatLacksASecretIsJudgedAnewWhenThatIsThere() throws Exception {
    write("c", FakeComponents.MISSING);
    settle();
    settle();
    assertThat(lines()).singleElement().asString().contains("WARN", "closed", "access.token");

    components.allow(FakeComponents.MISSING);
    conf.judgeAnew("another");
    settle();
    assertThat(admin.calls()).isEmpty();
    conf.judgeAnew("missing");
    settle();
    assertThat(admin.calls()).containsExactly("put io.culvert.Tunnel~c");
  }

  private void restart() throws IOException {
    conf =
        new ConfFolder(
            folder,
            Optional.of(state.resolve("secrets")),
            state.resolve("applied"),
            admin.service(),
            new ConfJudge((reference, properties) -> {}, Optional.of(components)),
            new Verdicts(admin.service()),
            () -> KNOWN);
    conf.start();
    conf.checkPids();
  }

  private Path file(String name) {
    return folder.resolve(TUNNEL.formatted(name));
  }

  private void write(String name, String token) throws IOException {
    Files.writeString(file(name), "{\"access.token\": \"" + token + "\"}");
    Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
  }

  /** Changes count when two looks agree. */
  private void settle() {
    conf.refresh();
    conf.refresh();
  }

  private List<String> lines() {
    return log.toString(UTF_8).lines().toList();
  }
}
