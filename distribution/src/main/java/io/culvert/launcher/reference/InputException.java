// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/**
 * Something that the user gave cannot be used. The message is one line that names the key, the
 * value unless it is a secret, and what is allowed.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message one line for the user.
   */
  public InputException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message one line for the user.
   * @param cause what led to it.
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
