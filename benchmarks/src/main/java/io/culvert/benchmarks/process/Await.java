// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.time.Duration;

/** Waits for a process to get ready. Stateless. */
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /** A question that is asked again and again. */
  @FunctionalInterface
  public interface Condition {
    /** Answers it now. */
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Waits until a condition holds.
   *
   * @param child the process that is to bring it about.
   * @param what the condition in words, as in "waited for …".
   * @throws ProcessException if the process ends, or the time is over.
   */
  public static void until(Child child, String what, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (child.endsWithin(STEP)) {
        throw new ProcessException(
            "the "
                + child.name()
                + " has ended with "
                + child.exitCode().orElseThrow()
                + " before it was ready: "
                + child.lastWords());
      }
      if (System.nanoTime() - end > 0) {
        throw new ProcessException(
            "waited "
                + LONGEST.toSeconds()
                + " s for "
                + what
                + ", and it did not come: "
                + child.lastWords());
      }
    }
  }
}
