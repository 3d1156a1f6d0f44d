// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.cli;

import io.culvert.launcher.reference.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a program finds around it. The environment may hold secrets, so {@link #toString()} does not
 * show it.
 *
 * @param environment the environment variables.
 * @param folder the working folder.
 */
public record Surroundings(Map<String, String> environment, Path folder) {

  /**
   * Returns an environment variable.
   *
   * @param name its name.
   * @return the value, if there is one that is not empty.
   */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Returns a path that the user gave, relative to the working folder.
   *
   * @param path the path.
   * @return the path to use; relative if the working folder is.
   * @throws InputException if the system has no such paths.
   */
  public Path resolve(String path) {
    try {
      return folder.resolve(path);
    } catch (InvalidPathException e) {
      throw new InputException("'" + path + "': must be a path (" + e.getReason() + ")", e);
    }
  }

  @Override
  public String toString() {
    return "Surroundings[" + folder + "]";
  }
}
