// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.core.config.RetrySettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt, by the number of those that failed. For one thread. */
final class Backoff {
  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the delay before the next attempt, and counts it. */
  Duration next(RetrySettings retry) {
    Duration delay = retry.delay().after(attempts, random);
    attempts++;
    return delay;
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
