// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import io.culvert.launcher.log.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Says what goes wrong with a folder and its files, and the same thing only once while it lasts.
 * For one thread.
 */
final class ConfTroubles {
  /** Stands for the folder itself. */
  static final String FOLDER = "";

  private final Path folder;
  private final Map<String, String> lasting = new HashMap<>();
  private Map<String, IOException> unseen = Map.of();

  ConfTroubles(Path folder) {
    this.folder = folder;
  }

  void cannotRead(IOException why) {
    if (begins(FOLDER, why)) {
      Log.warning(folder + " cannot be read, everything stays as it is (" + why + ")");
    }
  }

  /** Says which files cannot be looked at; those of the call before have been said. */
  void cannotSee(Map<String, IOException> files) {
    TreeSet<String> more = new TreeSet<>(files.keySet());
    more.removeAll(unseen.keySet());
    if (!more.isEmpty()) {
      Log.warning(
          folder
              + ": cannot look at "
              + String.join(", ", more)
              + ", everything of that stays as it is ("
              + files.get(more.first())
              + ")");
    }
    unseen = files;
  }

  void cannotApply(String file, Exception why) {
    if (begins(file, why)) {
      // Only the kind: a message could repeat a value.
      Log.error(folder.resolve(file) + ": cannot be applied (" + why.getClass().getName() + ")");
    }
  }

  /** Notes that a file, or the folder, is as it should be. */
  void over(String file) {
    lasting.remove(file);
  }

  private boolean begins(String file, Exception why) {
    String kind = why.getClass().getName();
    return !kind.equals(lasting.put(file, kind));
  }
}
