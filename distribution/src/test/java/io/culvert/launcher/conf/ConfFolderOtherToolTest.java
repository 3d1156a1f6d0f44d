// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts where another tool has changed what a file has configured. */
class ConfFolderOtherToolTest {
  private WatchedConf conf;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    conf = WatchedConf.start(folder);
  }

  @Test
  void whatAnotherToolHasChangedStaysUntilTheFileChanges() throws Exception {
    conf.admin().set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    conf.restart();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines())
        .singleElement()
        .asString()
        .endsWith(
            "INFO  "
                + conf.file("b")
                + ": another tool has changed its configuration since, and that stays; to make the"
                + " file count again, change it");

    conf.write("b", WatchedConf.TOKEN + " ");
    conf.settle();
    assertThat(conf.admin().calls()).containsExactly("put io.culvert.Tunnel~b");
  }

  @Test
  void whatAnotherToolHasDeletedStaysDeletedUntilTheFileChanges() throws Exception {
    conf.admin().delete("io.culvert.Tunnel~b");
    conf.restart();

    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines()).singleElement().asString().contains(": another tool has deleted its");

    conf.write("b", "two");
    conf.restart();
    assertThat(conf.admin().calls()).containsExactly("put io.culvert.Tunnel~b");
  }

  @Test
  void aFileThatIsSavedUnchangedGivesWayToAnotherToolToo() throws Exception {
    conf.write("b", WatchedConf.TOKEN);
    conf.settle();
    assertThat(conf.lines()).isEmpty();

    conf.admin().set("io.culvert.Tunnel~b", Map.of("access.token", "another"));
    conf.write("b", WatchedConf.TOKEN);
    conf.settle();
    assertThat(conf.admin().calls()).isEmpty();
    assertThat(conf.lines()).singleElement().asString().contains(": another tool has changed its");
  }
}
