// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import java.util.regex.Pattern;

/** Says in words for a person why a socket operation failed. */
public final class Failures {
  /** What the native transport puts in front: the system call and the error number. */
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

  private Failures() {}

  /**
   * Describes a failure.
   *
   * @param cause why it failed.
   * @return its message without the system call, its type if it has no message.
   */
  public static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : SYSTEM_CALL.matcher(message).replaceFirst("");
  }
}
