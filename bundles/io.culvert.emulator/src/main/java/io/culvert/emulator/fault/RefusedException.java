// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

/** A fault or a question that makes no sense as things are; the message is for the user. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes it. */
  public RefusedException(String message) {
    super(message);
  }

  /** Makes it. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
