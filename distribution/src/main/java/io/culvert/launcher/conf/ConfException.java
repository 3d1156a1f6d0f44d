// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

/**
 * A configuration file cannot be used. The message is one line that says where and why; it never
 * repeats a value or text of the file, which may hold tokens, so there is no cause either.
 */
public final class ConfException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String reason;

  /**
   * Makes an exception for a whole file.
   *
   * @param reason one line for the user, to follow the name of the file.
   */
  ConfException(String reason) {
    super(reason);
    this.line = 0;
    this.column = 0;
    this.reason = reason;
  }

  /** Makes an exception for a place in a file; lines and columns count from 1. */
  ConfException(int line, int column, String reason) {
    super("line " + line + ", column " + column + ": " + reason);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** Returns the line, 0 if it is about the whole file. */
  int line() {
    return line;
  }

  /** Returns the column, 0 if it is about the whole file. */
  int column() {
    return column;
  }

  /** Returns what is wrong, without the place. */
  String reason() {
    return reason;
  }
}
