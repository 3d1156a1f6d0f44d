// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(parent.resolve("a/state/culvert.lock"))
        .hasContent(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void anEmptyFolderThatOthersCanEnterIsMended() throws Exception {
    Path wide = Files.createDirectory(parent.resolve("state"));
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-x--x"));

    try (OwnedFolder state = OwnedFolder.take(wide)) {
      assertThat(state.isMended()).isTrue();
      assertThat(permissions(wide)).isEqualTo("rwx------");
    }
  }

  @Test
  void aFolderOfItsOwnThatWasOpenedToAllIsMended() throws Exception {
    Path state = parent.resolve("state");
    OwnedFolder.take(state).close();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    try (OwnedFolder taken = OwnedFolder.take(state)) {
      assertThat(taken.isMended()).isTrue();
      assertThat(permissions(state)).isEqualTo("rwx------");
    }
  }

  @Test
  void aFolderWithFilesOfSomethingElseIsRefused() throws Exception {
    Path other = Files.createDirectory(parent.resolve("other"));
    Files.createFile(other.resolve("lock"));
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertRefused(other, "holds files of something else: name an empty folder, or a new one");
    assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
    assertThat(other.resolve(OwnedFolder.LOCK)).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"777", "1777", "1755"})
  void aFolderThatAllUsersShareIsRefused(String mode) throws Exception {
    Path shared = Files.createDirectory(parent.resolve("shared"));
    Integer bits = Integer.valueOf(mode, 8);
    Files.setAttribute(shared, "unix:mode", bits);

    assertRefused(shared, "is open to all users: name a folder of its own");
    assertThat((Integer) Files.getAttribute(shared, "unix:mode") & 07777).isEqualTo(bits);
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void aFolderOfAnotherUserIsRefusedAndStaysAsItIs() throws Exception {
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxr-xr-x"));
    assumeTrue(giveAway(foreign), "only root can give a folder away");

    assertRefused(foreign, "belongs to another user: name a folder of this user, or a new one");
    assertThat(permissions(foreign)).isEqualTo("rwxr-xr-x");
    assertThat(foreign).isEmptyDirectory();
  }

  private static boolean giveAway(Path folder) {
    try {
      Files.setAttribute(folder, "unix:uid", 12345);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> OwnedFolder.take(path))
        .isInstanceOf(OwnedFolder.UnusableException.class)
        .hasMessage("'%s' %s", path, why);
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
