// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The start, when nothing is known: the rate doubles. Where somebody is answered, an answer in time
 * must have passed each rate, as one step too many is a queue.
 */
final class Ramp {
  private static final double FIRST = 64e3;
  private static final double UNWATCHED = 1e6;
  private static final long STEP = 50 * Nanos.MILLI;

  /** Without an answer a step takes so long where there were answers before. */
  private static final long PATIENCE = 300 * Nanos.MILLI;

  /** So long a rate must have been in force for a request to test it. */
  private static final long SETTLING = 15 * Nanos.MILLI;

  private final double first;
  private double rate;
  private long steppedAt;
  private boolean confirmed;

  /** Begins well below a rate that was no queue before, or with a rate that never is. */
  Ramp(double proven, long now) {
    first = Math.max(FIRST, proven / 8);
    rate = first;
    steppedAt = now;
  }

  /** Takes note of an answer in time. */
  void prompt(Exchange exchange) {
    confirmed |= exchange.askedAt() >= steppedAt + SETTLING;
  }

  /** Goes up if it is time. */
  void tick(boolean watched, long base, long now) {
    long since = now - steppedAt;
    if (watched ? confirmed || since > PATIENCE + 2 * base : since >= STEP) {
      rate = watched ? 2 * rate : Math.max(UNWATCHED, 2 * rate);
      steppedAt = now;
      confirmed = false;
    }
  }

  boolean isFirst() {
    return rate == first;
  }

  double rate() {
    return rate;
  }
}
