// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import io.culvert.benchmarks.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the run that is under way, below that for temporary files. Its processes are ended
 * before it is removed. Thread-safe, as a signal may end everything.
 */
final class WorkFolder {
  private @Nullable Path folder;
  private @Nullable Launcher launcher;

  /** Makes a new one. */
  synchronized Path make() throws IOException {
    Path made = Files.createTempDirectory("culvert-benchmark");
    folder = made;
    return made;
  }

  /** Says who has processes in it. */
  synchronized void belongsTo(Launcher owner) {
    launcher = owner;
  }

  /** Ends its processes and removes it, if there is one. */
  synchronized void remove() throws IOException {
    if (launcher != null) {
      launcher.close();
    }
    if (folder != null) {
      for (Path file : contents(folder)) {
        Files.deleteIfExists(file);
      }
    }
    launcher = null;
    folder = null;
  }

  private static List<Path> contents(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
