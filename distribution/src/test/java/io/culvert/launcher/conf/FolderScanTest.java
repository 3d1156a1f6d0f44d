// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(scan.next()).isEmpty();
    assertThat(scan.next()).isEmpty();
  }

  @Test
  void whatComesChangesAndGoesCountsWhenItIsAtRest() throws Exception {
    scan.first();

    Files.writeString(folder.resolve("c"), "1");
    Files.writeString(folder.resolve("a"), "22");
    Files.delete(folder.resolve("b"));
    assertThat(scan.next()).isEmpty();
    Files.writeString(folder.resolve("a"), "333");
    assertThat(scan.next()).containsExactly("b", "c");
    assertThat(scan.next()).containsExactly("a");
    assertThat(scan.next()).isEmpty();
  }

  @Test
  void aFileThatIsReplacedInTwoStepsIsNeverGone() throws Exception {
    scan.first();

    Files.move(folder.resolve("a"), folder.resolve("a~"));
    assertThat(scan.next()).isEmpty();
    Files.move(folder.resolve("a~"), folder.resolve("a"));

    assertThat(scan.next()).isEmpty();
    assertThat(scan.next()).isSubsetOf("a"); // where the time of the status shows
    assertThat(folder.resolve("a")).exists();
  }
}
