// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The start beside somebody who is answered: the rate doubles, and an answer in time must have
 * passed each rate, as one step too many is a queue. Towards a rate that another WebSocket carried
 * the first steps are larger, after a doubtful cut they are smaller.
 */
final class Ramp {
  /** A link hardly ever has less. */
  static final double FIRST = 64e3;

  /** So long a rate must have been in force for a request to test it. */
  private static final long SETTLING = 15 * Nanos.MILLI;

  /** The first step after a cut that may have had a reason; then each is so much larger. */
  private static final double SMALL = 1.25;

  private static final double LARGER = 1.12;
  private static final double DOUBLE = 2;

  /** The first step towards what was surely carried before; the next is half as large. */
  private static final double LARGE = 8;

  private final double proven;
  private final double first;
  private double factor;
  private double rate;
  private double before;
  private long steppedAt;
  private boolean confirmed;

  /** Begins well below a rate that was no queue before, or with a rate that never is. */
  Ramp(double proven, long now) {
    this.proven = proven;
    first = Math.max(FIRST, proven / 64);
    factor = first > FIRST ? LARGE : DOUBLE;
    rate = first;
    before = first;
    steppedAt = now;
  }

  /** Returns whether the answer is missing to what was asked since the last step. */
  boolean isTestedBy(Exchange exchange) {
    return exchange.isMissedSince(steppedAt);
  }

  /** Takes note of an answer in time. */
  void prompt(Exchange exchange) {
    confirmed |= exchange.askedAt() >= steppedAt + SETTLING;
  }

  /**
   * Goes up if it is time.
   *
   * @param patience how long a step takes without one.
   */
  void tick(long patience, long now) {
    if (confirmed || now - steppedAt > patience) {
      before = rate;
      rate *= factor;
      factor = factor > DOUBLE ? factor / 2 : Math.min(DOUBLE, LARGER * factor);
      steppedAt = now;
      confirmed = false;
    }
  }

  /** Goes on from another rate in small steps at first, as more may be too much. */
  void goOn(double from, long now) {
    factor = SMALL;
    rate = Math.max(FIRST, from);
    before = Math.max(FIRST, rate / SMALL);
    steppedAt = now;
    confirmed = false;
  }

  /** Returns whether there seemed to be a queue before. */
  boolean isCareful() {
    return factor < DOUBLE;
  }

  /** Returns whether the rate is still below what another WebSocket surely carried. */
  boolean isBelowKnown() {
    return rate < proven;
  }

  /** Returns whether answers have told lately what another WebSocket carried. */
  boolean isKnown() {
    return proven > 0;
  }

  boolean isFirst() {
    return rate == first;
  }

  /** Returns the rate; while answers are late, the one before. */
  double rate(boolean late) {
    return late ? before : rate;
  }
}
