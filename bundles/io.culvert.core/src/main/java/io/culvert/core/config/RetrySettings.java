// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Values;
import java.time.Duration;

/**
 * When attempts to connect follow a failed one.
 *
 * @param delay the delay before the first; it doubles from one to the next.
 * @param maxDelay where the doubling ends.
 * @param jitter by how much each delay is longer or shorter by chance, in percent.
 * @param count how many may fail, -1 without end.
 */
public record RetrySettings(Duration delay, Duration maxDelay, int jitter, int count) {
  static RetrySettings read(Values values) {
    RetrySettings settings =
        new RetrySettings(
            values.millis("retry.delay"),
            values.millis("retry.max.delay"),
            values.integer("retry.jitter"),
            values.integer("retry.count"));
    values.checkOrder("retry.delay", "retry.max.delay");
    return settings;
  }
}
