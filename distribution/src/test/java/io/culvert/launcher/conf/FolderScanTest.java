// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a change of a folder counts. */
class FolderScanTest {
  @TempDir private Path folder;
  private FolderScan scan;

  @BeforeEach
  void makeFolder() throws Exception {
    Files.writeString(folder.resolve("b"), "1");
    Files.writeString(folder.resolve("a"), "1");
    Files.createDirectory(folder.resolve("folder"));
    scan = new FolderScan(folder);
  }

  @Test
  void whatIsThereAtTheStartCountsAtOnceAndOnlyOnce() throws Exception {
    assertThat(scan.first()).containsExactly("a", "b");
    assertUnchanged();
    assertUnchanged();
  }

  @Test
  void whatComesChangesAndGoesCountsWhenItIsAtRest() throws Exception {
    scan.first();

    Files.writeString(folder.resolve("c"), "1");
    Files.writeString(folder.resolve("a"), "22");
    Files.delete(folder.resolve("b"));
    assertUnchanged();
    Files.writeString(folder.resolve("a"), "333");
    FolderChanges changes = scan.next();
    assertThat(changes.gone()).containsExactly("b");
    assertThat(changes.changed()).containsExactly("c");
    changes = scan.next();
    assertThat(changes.gone()).isEmpty();
    assertThat(changes.changed()).containsExactly("a");
    assertUnchanged();
  }

  /** A link to itself cannot be looked at, and not even root is an exception. */
  @Test
  void aFileThatCannotBeLookedAtIsNotGone() throws Exception {
    scan.first();
    Path kept = Files.move(folder.resolve("a"), folder.resolve("folder/a"));
    Files.createSymbolicLink(folder.resolve("a"), Path.of("a"));

    assertUnchanged();
    assertThat(scan.unreadable()).containsOnlyKeys("a");
    assertUnchanged();
    assertUnchanged();
    Files.move(kept, folder.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(scan.next().gone()).isEmpty();
    assertThat(scan.unreadable()).isEmpty();
    Files.delete(folder.resolve("a"));
    assertUnchanged();
    assertThat(scan.next().gone()).containsExactly("a");
  }

  @Test
  void aFileThatCannotBeLookedAtAtTheStartIsReportedWhenItCanOrIsGone() throws Exception {
    for (String name : new String[] {"x", "y"}) {
      Files.createSymbolicLink(folder.resolve(name), Path.of(name));
    }
    assertThat(scan.first()).containsExactly("a", "b", "x", "y");
    assertUnchanged();

    Files.delete(folder.resolve("x"));
    Files.delete(folder.resolve("y"));
    Files.writeString(folder.resolve("y"), "1");
    assertUnchanged();
    FolderChanges changes = scan.next();
    assertThat(changes.gone()).containsExactly("x");
    assertThat(changes.changed()).containsExactly("y");
  }

  @Test
  void whatCouldNotBeAppliedIsReportedAgain() throws Exception {
    scan.first();
    Files.delete(folder.resolve("b"));
    assertUnchanged();
    assertThat(scan.next().gone()).containsExactly("b");

    scan.reportAgain("a");
    scan.reportAgain("b");

    FolderChanges changes = scan.next();
    assertThat(changes.gone()).containsExactly("b");
    assertThat(changes.changed()).containsExactly("a");
    assertUnchanged();
  }

  @Test
  void aFileThatIsReplacedInTwoStepsIsNeverGone() throws Exception {
    scan.first();

    Files.move(folder.resolve("a"), folder.resolve("a~"));
    assertUnchanged();
    Files.move(folder.resolve("a~"), folder.resolve("a"));

    assertUnchanged();
    FolderChanges changes = scan.next();
    assertThat(changes.gone()).isEmpty();
    assertThat(changes.changed()).isSubsetOf("a"); // where the time of the status shows
    assertThat(folder.resolve("a")).exists();
  }

  private void assertUnchanged() throws Exception {
    FolderChanges changes = scan.next();
    assertThat(changes.gone()).isEmpty();
    assertThat(changes.changed()).isEmpty();
  }
}
