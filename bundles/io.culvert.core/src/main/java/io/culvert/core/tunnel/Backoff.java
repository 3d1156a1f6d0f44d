// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long as before the last one, up to a cap, and
 * a quarter more or less by chance, so that many gateways do not come back at the same moment. Used
 * by one thread.
 */
final class Backoff {
  private static final double JITTER = 0.25;

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Returns the delay before the next attempt, and counts it.
   *
   * @param first the delay before the first one.
   * @param longest the cap.
   */
  Duration next(Duration first, Duration longest) {
    double nanos = first.toNanos() * Math.pow(2, Math.min(attempts, 62));
    attempts++;
    double capped = Math.min(nanos, longest.toNanos());
    return Duration.ofNanos((long) (capped * (1 - JITTER + 2 * JITTER * random.nextDouble())));
  }

  /** Returns the attempts since the last {@link #reset()}. */
  int attempts() {
    return attempts;
  }

  /** Begins anew, after a connection that was of use. */
  void reset() {
    attempts = 0;
  }
}
