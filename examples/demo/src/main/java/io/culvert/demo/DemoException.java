// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

/** What ends the demo; the message is a line for the user, and says what failed. */
public final class DemoException extends Exception {
  private static final long serialVersionUID = 1;

  public DemoException(String message) {
    super(message);
  }

  public DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
