// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two folders of a run: the one that goes with it and the one that stays. */
class PrivateFolderTest {
  @Test
  void onlyTheOwnerMayEnterAndNothingIsLeft() throws Exception {
    PrivateFolder folder = PrivateFolder.create();
    Files.createDirectories(folder.path().resolve("a/b"));
    Files.writeString(folder.path().resolve("a/b/c"), "x");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    folder.close();
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void stateIsKeptWhereTheXdgRulesSay() {
    assertThat(StateFolder.find(Map.of("XDG_STATE_HOME", "/s", "HOME", "/h"), "/u"))
        .isEqualTo(Path.of("/s/culvert"));
    assertThat(StateFolder.find(Map.of("XDG_STATE_HOME", "relative", "HOME", "/h"), "/u"))
        .isEqualTo(Path.of("/h/.local/state/culvert"));
    assertThat(StateFolder.find(Map.of(), "/u")).isEqualTo(Path.of("/u/.local/state/culvert"));
  }
}
