// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits for processes to get ready. Stateless. */
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
   * @param children the processes that are to bring it about, one at least.
   * @param what the condition in words, as in "waited for …".
   * @throws ProcessException if one of them ends, or the time is over.
   */
  public static void until(List<Child> children, String what, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      children.get(0).endsWithin(STEP);
      for (Child child : children) {
        if (!child.isAlive()) {
          throw ProcessException.early(child, Death.of(children).orElseThrow());
        }
      }
      if (System.nanoTime() - end > 0) {
        throw new ProcessException(
            "waited "
                + LONGEST.toSeconds()
                + " s for "
                + what
                + ", and it did not come: "
                + lastWords(children));
      }
    }
  }

  private static String lastWords(List<Child> children) {
    return children.stream()
        .map(child -> "the " + child.name() + " says " + child.lastWords())
        .collect(Collectors.joining("; "));
  }
}
