// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.nio.file.Path;

/**
 * Something that is wrong with, or odd about, a configuration file. Immutable; holds no secret.
 *
 * @param file the file.
 * @param line where, 0 if it is about the whole file.
 * @param column where in the line, 0 if it is about the whole line.
 * @param isError whether it is wrong, and not only odd.
 * @param message what it is.
 */
public record Finding(Path file, int line, int column, boolean isError, String message) {
  static Finding error(Path file, int line, String message) {
    return new Finding(file, line, 0, true, message);
  }

  static Finding warning(Path file, int line, String message) {
    return new Finding(file, line, 0, false, message);
  }

  /** Returns one line without the place in the file, as for a log. */
  String brief() {
    return file + ": " + message;
  }

  /** Returns one line, which begins as compilers have it: {@code FILE:LINE:COLUMN: }. */
  @Override
  public String toString() {
    return file
        + (line == 0 ? "" : ":" + line)
        + (column == 0 ? "" : ":" + column)
        + (isError ? ": error: " : ": warning: ")
        + message;
  }
}
