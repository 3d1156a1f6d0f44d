// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several files counts that would take something from each other, as copies do. */
class ConfFolderTwinsTest {
  private static final String SAME_TOKEN =
      ".cfg.json have the same access token, which is good for one tunnel only: delete one of them";

  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
  }

  @Test
  void aCopyIsRefusedOnceAndAlsoAfterARestart() throws Exception {
    conf.write("a", WatchedConf.TOKEN);
    conf.settle();
    conf.settle();
    conf.restart();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.countRefused()).isEqualTo(1);
    assertThat(conf.lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains("WARN  " + conf.file("a") + ": not in force, the tunnel stays closed")
                    .endsWith(": this and io.culvert.Tunnel~b" + SAME_TOKEN)
                    .doesNotContain(WatchedConf.TOKEN));
  }

  @Test
  void aCopyComesIntoForceWhenTheOtherIsDeleted() throws Exception {
    conf.write("a", WatchedConf.TOKEN);
    conf.settle();
    Files.delete(conf.file("b"));
    conf.settle();
    conf.look();

    assertThat(conf.admin().calls())
        .containsExactly("delete io.culvert.Tunnel~b", "put io.culvert.Tunnel~a");
    assertThat(conf.countRefused()).isZero();
  }

  @Test
  void aCopyComesIntoForceWhenTheOtherGetsAnotherTokenOrIsDisabled() throws Exception {
    conf.write("a", WatchedConf.TOKEN);
    conf.settle();
    conf.write("b", "another");
    conf.settle();
    conf.look();
    assertThat(conf.admin().calls())
        .containsExactly("put io.culvert.Tunnel~b", "put io.culvert.Tunnel~a");

    conf.write("b", WatchedConf.TOKEN);
    conf.settle();
    assertThat(conf.lines()).last().asString().contains("b.cfg.json: not in force, its last good");
    disable("a");
    conf.settle();
    conf.look();
    assertThat(conf.admin().calls().subList(2, 4))
        .containsExactly("put io.culvert.Tunnel~a", "put io.culvert.Tunnel~b");
  }

  @Test
  void ofTwoNewFilesTheFirstByNameCounts() throws Exception {
    conf.write("d", "another");
    conf.write("c", "another");
    conf.restart();

    assertThat(conf.admin().calls()).containsExactly("put io.culvert.Tunnel~c");
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains("d.cfg.json: not in force")
        .endsWith("io.culvert.Tunnel~c" + SAME_TOKEN);
  }

  @Test
  void ofTwoThatWereInForceTheFirstByNameCountsAfterARestart() throws Exception {
    conf.write("a", "$[secret:a]");
    conf.settle();
    conf.admin().calls().clear();
    conf.replace("$[secret:a]", WatchedConf.TOKEN);
    conf.restart();

    assertThat(conf.admin().calls()).containsExactly("delete io.culvert.Tunnel~b");
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains(
            "b.cfg.json: not in force, the tunnel stays closed: this and io.culvert.Tunnel~a");
  }

  @Test
  void aTunnelThatAnotherToolHasConfiguredCountsToo() throws Exception {
    conf.admin().set("io.culvert.Tunnel~x", Map.of("access.token", "another"));
    conf.write("c", "another");
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains(": this and io.culvert.Tunnel~x have the same access token");
  }

  @Test
  void twoTunnelsOfOneNameAreRefusedToo() throws Exception {
    Files.writeString(
        conf.file("c"), "{\"access.token\": \"c\", \"name\": \"io.culvert.Tunnel~b\"}");
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .last()
        .asString()
        .endsWith(
            "this and io.culvert.Tunnel~b.cfg.json have the same name, which only one tunnel can"
                + " have: give one of them another");
  }

  @Test
  void aDisabledCopyIsNoHarm() throws Exception {
    disable("a");
    conf.settle();

    assertThat(conf.admin().calls()).containsExactly("put io.culvert.Tunnel~a");
  }

  private void disable(String name) throws IOException {
    Files.writeString(
        conf.file(name), "{\"access.token\": \"" + WatchedConf.TOKEN + "\", \"enabled\": false}");
  }
}
