// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes of the files reach ConfigAdmin, and in which order. */
class ConfFolderTest {
  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
  }

  @Test
  void aFileThatGetsAnotherNameGoesBeforeItComes() throws Exception {
    Files.move(conf.file("b"), conf.file("a"));
    conf.settle();

    assertThat(conf.admin().calls())
        .containsExactly("delete io.culvert.Tunnel~b", "put io.culvert.Tunnel~a");
  }

  @Test
  void whatConfigAdminCannotWriteIsSaidOnceAndTriedAgain() throws Exception {
    conf.admin().fail(true);
    conf.write("b", "two");
    conf.write("c", "three");
    conf.settle();
    conf.look();
    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines()).hasSize(2).allMatch(line -> line.contains("cannot be applied"));

    conf.admin().fail(false);
    conf.look();
    assertThat(conf.admin().calls())
        .containsExactly("put io.culvert.Tunnel~b", "put io.culvert.Tunnel~c");

    conf.admin().calls().clear();
    conf.admin().fail(true);
    Files.delete(conf.file("b"));
    conf.settle();
    conf.admin().fail(false);
    conf.look();
    conf.look();
    assertThat(conf.admin().calls()).containsExactly("delete io.culvert.Tunnel~b");
  }

  @Test
  void aFileThatCannotBeLookedAtKeepsItsTunnelAndIsSaidOnce() throws Exception {
    Files.delete(conf.file("b"));
    Files.createSymbolicLink(conf.file("b"), conf.file("b").getFileName());
    conf.settle();
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .contains(
            "WARN  " + conf.folder() + ": cannot look at io.culvert.Tunnel~b.cfg.json, everything");
  }

  @Test
  void aFileThatHasGoneMeanwhileTakesItsConfigurationAlong() throws Exception {
    conf.admin().set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    conf.admin().set("io.culvert.Tunnel~web", Map.of("access.token", "of the web console"));
    Files.delete(conf.file("b"));
    conf.restart();
    conf.restart();

    assertThat(conf.admin().calls()).containsExactly("delete io.culvert.Tunnel~b");
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .endsWith("gone; its configuration is deleted");
  }

  @Test
  void aFileThatWasNeverAppliedTakesNothingAlong() throws Exception {
    conf.admin().set("io.culvert.Tunnel~web", Map.of("access.token", "of the web console"));
    Files.writeString(conf.file("web"), "no JSON");
    conf.settle();
    Files.delete(conf.file("web"));
    conf.settle();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines()).singleElement().asString().contains("ERROR", "is not JSON");
  }

  @Test
  void whatIsKeptOfTheFilesIsNeverInTheWay() throws Exception {
    Files.write(conf.state().resolve("applied"), new byte[] {0, -1, '\n', 'x'});
    conf.restart();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.state().resolve("applied"))
        .content(UTF_8)
        .matches(
            "# applied [0-9-]{10}T[0-9:]{8}Z values [0-9a-f]{64}\n"
                + "[0-9a-f]{64}  io.culvert.Tunnel~b.cfg.json\n");
  }
}
