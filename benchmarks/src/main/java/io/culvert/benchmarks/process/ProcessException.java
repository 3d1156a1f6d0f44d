// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;

/** A process cannot be started, or did not do what was asked of it; the message says which. */
public final class ProcessException extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one without a cause. */
  public ProcessException(String message) {
    super(message);
  }

  /** Makes one with a cause. */
  public ProcessException(String message, Throwable cause) {
    super(message, cause);
  }
}
