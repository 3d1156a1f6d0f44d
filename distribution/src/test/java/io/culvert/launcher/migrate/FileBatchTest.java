// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBatchTest {
  private static final DraftFile GOOD = new DraftFile("good", Map.of());
  private static final DraftFile TOO_LONG = new DraftFile("x".repeat(300), Map.of());

  @TempDir private Path parent;

  @Test
  void whatCannotBeTidiedUpDoesNotHideWhyTheWritingFailed() {
    Path folder = parent.resolve("new");
    Path foreign = folder.resolve("foreign");
    List<DraftFile> files =
        new AbstractList<>() {
          @Override
          public DraftFile get(int index) {
            return index == 0 ? GOOD : beside(foreign);
          }

          @Override
          public int size() {
            return 2;
          }
        };

    assertThatThrownBy(() -> new FileBatch(folder).write(files, "", false))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(DirectoryNotEmptyException.class)
        .hasMessageContaining("xxx")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOf(DirectoryNotEmptyException.class));
    assertThat(folder.toFile().list()).containsExactly("foreign");
  }

  /** Somebody else writes into the folder before the second file is. */
  private static DraftFile beside(Path foreign) {
    try {
      Files.createFile(foreign);
      return TOO_LONG;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
