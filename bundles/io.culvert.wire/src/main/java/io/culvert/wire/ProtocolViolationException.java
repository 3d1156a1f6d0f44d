// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

/** The other side sent bytes that the protocol does not allow; the message says what was wrong. */
public final class ProtocolViolationException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a violation.
   *
   * @param message what was wrong, without payload bytes.
   */
  public ProtocolViolationException(String message) {
    super(message);
  }
}
