// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.core.config.RetrySettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long as before the last one, up to a cap, and
 * some more or less by chance, so that many gateways do not come back at the same moment. Used by
 * one thread.
 */
final class Backoff {
  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the delay before the next attempt, and counts it. */
  Duration next(RetrySettings retry) {
    double nanos = retry.delay().toNanos() * Math.pow(2, Math.min(attempts, 62));
    attempts++;
    double capped = Math.min(nanos, retry.maxDelay().toNanos());
    double jitter = retry.jitter() / 100.0;
    return Duration.ofNanos((long) (capped * (1 - jitter + 2 * jitter * random.nextDouble())));
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
