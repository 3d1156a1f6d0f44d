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

  /** So long a rate must have been in force for a request to test it. */
  private static final long SETTLING = 15 * Nanos.MILLI;

  private static final double SMALL = 1.25;

  private final double first;
  private double factor = 2;
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

  /**
   * Goes up if it is time.
   *
   * @param watched whether there are answers that object.
   * @param patience how long a step takes without one.
   */
  void tick(boolean watched, long patience, long now) {
    long since = now - steppedAt;
    if (watched ? confirmed || since > patience : since >= STEP) {
      rate = watched ? factor * rate : Math.max(UNWATCHED, 2 * rate);
      steppedAt = now;
      confirmed = false;
    }
  }

  /** Goes on from another rate in small steps, as more may be too much. */
  void goOn(double from, long now) {
    factor = SMALL;
    rate = Math.max(first, from);
    steppedAt = now;
    confirmed = false;
  }

  /** Returns whether there seemed to be a queue before. */
  boolean isCareful() {
    return factor == SMALL;
  }

  boolean isFirst() {
    return rate == first;
  }

  /** Returns the rate; while answers are late, the one before. */
  double rate(boolean late) {
    return late ? Math.max(first, rate / factor) : rate;
  }
}
