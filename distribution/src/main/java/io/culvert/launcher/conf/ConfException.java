// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

/**
 * A configuration file cannot be used. The message is one line that says where and why; it never
 * repeats a value or text of the file, which may hold tokens, so there is no cause either.
 */
public final class ConfException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message one line for the user, to follow the name of the file.
   */
  ConfException(String message) {
    super(message);
  }
}
