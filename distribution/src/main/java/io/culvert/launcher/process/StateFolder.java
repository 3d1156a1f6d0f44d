// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Finds the folder in which client tokens outlive the process, by the XDG rules. */
public final class StateFolder {
  private StateFolder() {}

  /**
   * Returns {@code $XDG_STATE_HOME/culvert}, or {@code ~/.local/state/culvert} if the variable
   * holds no absolute path.
   *
   * @param environment the environment variables.
   * @param home the home folder if the environment names none.
   * @return the folder, which need not exist.
   */
  public static Path find(Map<String, String> environment, String home) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    if (isAbsolute(state)) {
      return Path.of(state, "culvert");
    }
    String user = environment.getOrDefault("HOME", "");
    return Path.of(isAbsolute(user) ? user : home, ".local", "state", "culvert");
  }

  private static boolean isAbsolute(String path) {
    try {
      return !path.isEmpty() && Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
