// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/**
 * Something that the user gave cannot be used. The message is one line that names the key, the
 * value unless it is a secret, and what is allowed.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * Makes an exception.
   *
   * @param message one line for the user.
   */
  public InputException(String message) {
    super(message);
    this.problem = message;
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message one line for the user.
   * @param cause what led to it.
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
    this.problem = message;
  }

  /**
   * Makes an exception that tells what it is about from what is wrong.
   *
   * @param subject what cannot be used.
   * @param problem what is wrong with it, to follow "it".
   */
  public InputException(String subject, String problem) {
    super(subject + ": " + problem);
    this.problem = problem;
  }

  /**
   * Makes such an exception with a cause.
   *
   * @param subject what cannot be used.
   * @param problem what is wrong with it, to follow "it".
   * @param cause what led to it.
   */
  public InputException(String subject, String problem, Throwable cause) {
    super(subject + ": " + problem, cause);
    this.problem = problem;
  }

  /**
   * Returns what is wrong.
   *
   * @return the message without its subject, where that is known.
   */
  public String problem() {
    return problem;
  }
}
