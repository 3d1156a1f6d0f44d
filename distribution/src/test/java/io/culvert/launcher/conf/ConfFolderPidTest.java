// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of files by their PIDs and names. */
class ConfFolderPidTest {
  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
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
    Files.writeString(conf.folder().resolve(pid + ".cfg.json"), "{}");
    conf.settle();
    conf.settle();

    assertThat(conf.admin().calls()).containsExactly("put " + pid);
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains("WARN")
        .endsWith(
            "%s.cfg.json: has no effect, as nothing here is called %s%s (there are"
                    .formatted(pid, pid.replace("~a", ""), nearest)
                + " io.culvert.StreamBridge, io.culvert.Tunnel, io.culvert.TunnelManager)");
  }

  @Test
  void aFileThatIsBrokenHasNoEffectEitherIfNothingHasItsPid() throws Exception {
    Path file = Files.writeString(conf.folder().resolve("io.culvert.Tunel~a.cfg.json"), "{}");
    conf.settle();
    conf.forgetLines();
    Files.writeString(file, "{");
    conf.settle();

    assertThat(conf.lines()).singleElement().asString().endsWith("; it has no effect");
  }

  @Test
  void pidsOfOthersAreNotDoubted() throws Exception {
    Files.writeString(conf.folder().resolve("org.example.Tunnel.cfg.json"), "{}");
    Files.writeString(conf.folder().resolve("pumps.cfg.json"), "{}");
    conf.settle();

    assertThat(conf.lines()).hasSize(2).allMatch(line -> line.endsWith(": handed over"));
  }

  @ParameterizedTest
  @CsvSource({
    "tunnel~a, tunnel; did you mean io.culvert.Tunnel?",
    "TunnelManger, TunnelManger; did you mean io.culvert.TunnelManager?",
  })
  void aPidOfOthersThatIsLikeOursIsHandedOverWithAQuestion(String pid, String question)
      throws Exception {
    Files.writeString(conf.folder().resolve(pid + ".cfg.json"), "{}");
    conf.settle();

    assertThat(conf.admin().calls()).containsExactly("put " + pid);
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains("WARN")
        .endsWith(": handed over, but nothing here is known as " + question);
  }

  @Test
  void aNameThatIsMissingOrTooMuchIsRefused() throws Exception {
    Files.writeString(conf.folder().resolve("io.culvert.Tunnel.cfg.json"), "{}");
    Files.writeString(conf.folder().resolve("io.culvert.TunnelManager~a.cfg.json"), "{}");
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
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
}
