// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A process cannot be started, or did not do what was asked of it; the message says which. */
public final class ProcessException extends IOException {
  private static final long serialVersionUID = 1;

  private final @Nullable Death died;

  /** Makes one without a cause. */
  public ProcessException(String message) {
    super(message);
    died = null;
  }

  /** Makes one with a cause. */
  public ProcessException(String message, Throwable cause) {
    super(message, cause);
    died = null;
  }

  private ProcessException(String message, Death died) {
    super(message);
    this.died = died;
  }

  /** Makes one that says of a process that it has ended before it was ready. */
  static ProcessException early(Child child, Death death) {
    return new ProcessException(
        "the "
            + child.name()
            + " has ended with "
            + child.exitCode().orElseThrow()
            + " before it was ready: "
            + child.lastWords(),
        death);
  }

  /** Returns which processes have ended and how, null if none has. */
  public @Nullable Death died() {
    return died;
  }
}
