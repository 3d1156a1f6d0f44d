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

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int attempts;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /** Returns the delay before the next attempt, and counts it. */
  Duration next() {
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
