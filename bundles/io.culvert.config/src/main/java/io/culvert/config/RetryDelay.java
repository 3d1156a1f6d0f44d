// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before another attempt: twice as long as before the last one, up to a cap, and
 * some more or less by chance, so that many gateways do not come back at the same moment.
 *
 * @param first the delay after the first failure.
 * @param longest where the doubling ends.
 * @param jitter by how much each delay is longer or shorter by chance, in percent.
 */
public record RetryDelay(Duration first, Duration longest, int jitter) {
  private static final String FIRST = "retry.delay";
  private static final String LONGEST = "retry.max.delay";

  /**
   * Reads {@code retry.delay}, {@code retry.max.delay} and {@code retry.jitter}.
   *
   * @param values where they are.
   * @return the delays.
   */
  public static RetryDelay read(Values values) {
    RetryDelay delay =
        new RetryDelay(
            values.millis(FIRST), values.millis(LONGEST), values.integer("retry.jitter"));
    values.checkOrder(FIRST, LONGEST);
    return delay;
  }

  /**
   * Returns a delay.
   *
   * @param failures how many attempts failed before the last one, which did too.
   * @param random the chance.
   * @return how long to wait.
   */
  public Duration after(int failures, RandomGenerator random) {
    double nanos = first.toNanos() * Math.pow(2, Math.min(failures, 62));
    double capped = Math.min(nanos, longest.toNanos());
    double part = jitter / 100.0;
    return Duration.ofNanos((long) (capped * (1 - part + 2 * part * random.nextDouble())));
  }
}
