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
          new TreeSet<>(Set.of("io.culvert.Tunnel")));

  @TempDir private Path folder;
  private final FakeConfigurations admin = new FakeConfigurations();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private ConfFolder conf;

  @BeforeEach
  void start() throws Exception {
    Log.start(4, new PrintStream(log, true, UTF_8));
    write("b", TOKEN);
    conf = new ConfFolder(folder, admin.service(), () -> KNOWN);
    conf.start();
    conf.checkPids();
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

    assertThat(lines()).singleElement().asString().endsWith(": applied");
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
