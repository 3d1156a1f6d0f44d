// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that goes with a run, and what is done about those that did not go. */
class PrivateFolderTest {
  @TempDir private Path parent;

  @Test
  void onlyTheOwnerMayEnterAndNothingIsLeft() throws Exception {
    PrivateFolder folder = PrivateFolder.create(parent);
    Files.createDirectories(folder.path().resolve("a/b"));
    Files.writeString(folder.path().resolve("a/b/c"), "x");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    folder.close();
    folder.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatDeadProcessesLeftIsDeleted() throws Exception {
    Path left = leftOver("culvert-run-2");
    Files.createFile(left.resolve(PrivateFolder.LOCK));
    Files.createDirectories(left.resolve("framework/bundle1"));

    try (PrivateFolder folder = PrivateFolder.create(parent)) {
      assertThat(folder.path()).isDirectory();
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void foldersInUseAndFoldersOfOthersStay() throws Exception {
    Path unlocked = leftOver("culvert-run-1");
    Files.createFile(unlocked.resolve("something"));
    Path open = leftOver("culvert-run-2");
    Files.createFile(open.resolve(PrivateFolder.LOCK));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path target = leftOver("elsewhere");
    Files.createFile(target.resolve(PrivateFolder.LOCK));
    Path link = Files.createSymbolicLink(parent.resolve("culvert-run-3"), target);

    try (PrivateFolder first = PrivateFolder.create(parent);
        PrivateFolder second = PrivateFolder.create(parent)) {
      assertThat(List.of(first.path(), second.path(), unlocked, open, target, link))
          .allMatch(Files::isDirectory);
    }
  }

  @Test
  void foldersThatAreNotTemporaryOnesOfOursStay() throws Exception {
    Path state = parent.resolve("culvert-state");
    Path likeOurs = parent.resolve("culvert-run-state");
    OwnedFolder.take(state).close();
    OwnedFolder.take(likeOurs).close();
    Path named = leftOver("culvert-x");
    Files.createFile(named.resolve(PrivateFolder.LOCK));
    Path empty = leftOver("culvert-y");
    Path emptyToo = leftOver("culvert-run-x");

    try (PrivateFolder folder = PrivateFolder.create(parent)) {
      assertThat(List.of(folder.path(), state, likeOurs, named, empty, emptyToo))
          .allMatch(Files::isDirectory);
      assertThat(state.resolve(OwnedFolder.LOCK)).exists();
    }
  }

  @Test
  void manyAtOnceDoNotDeleteEachOthersFolder() throws Exception {
    List<CompletableFuture<Void>> runs =
        Stream.generate(() -> CompletableFuture.runAsync(this::useFolders)).limit(8).toList();

    CompletableFuture.allOf(runs.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);

    assertThat(parent).isEmptyDirectory();
  }

  private void useFolders() {
    try {
      for (int i = 0; i < 50; i++) {
        try (PrivateFolder folder = PrivateFolder.create(parent)) {
          assertThat(Files.createFile(folder.path().resolve("used"))).exists();
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Path leftOver(String name) throws Exception {
    return Files.createDirectory(parent.resolve(name), FolderTree.ownerOnly());
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
