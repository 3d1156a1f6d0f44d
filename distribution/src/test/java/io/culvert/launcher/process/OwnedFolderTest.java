// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that stays and that one process at a time uses. */
class OwnedFolderTest {
  @TempDir private Path parent;

  @Test
  void theFolderIsMadeForItsUserAlone() throws Exception {
    try (OwnedFolder state = OwnedFolder.take(parent.resolve("a/state"))) {
      assertThat(state.isMended()).isFalse();
      assertThat(permissions(state.path())).isEqualTo("rwx------");
      assertThat(permissions(state.folder("log"))).isEqualTo("rwx------");
    }
    assertThat(parent.resolve("a/state/culvert.lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void aFolderThatOthersCanEnterIsMended() throws Exception {
    Path wide = Files.createDirectory(parent.resolve("state"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-x--x"));

    try (OwnedFolder state = OwnedFolder.take(wide)) {
      assertThat(state.isMended()).isTrue();
      assertThat(permissions(wide)).isEqualTo("rwx------");
    }
  }

  @Test
  void onlyOneAtATimeHasIt() throws Exception {
    Path path = parent.resolve("state");
    try (OwnedFolder first = OwnedFolder.take(path)) {
      assertThatThrownBy(() -> OwnedFolder.take(first.path()))
          .isInstanceOf(OwnedFolder.UnusableException.class)
          .hasMessage(
              "'%s' is in use by another gateway (process %d)",
              path, ProcessHandle.current().pid());
    }
    OwnedFolder.take(path).close();
  }

  @Test
  void whatIsNoFolderIsNamed() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> OwnedFolder.take(file))
        .isInstanceOf(OwnedFolder.UnusableException.class)
        .hasMessage("'%s' must be a folder", file);
    assertThatThrownBy(() -> OwnedFolder.take(file.resolve("state")))
        .isInstanceOf(OwnedFolder.UnusableException.class)
        .hasMessageContaining(file.toString());
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
