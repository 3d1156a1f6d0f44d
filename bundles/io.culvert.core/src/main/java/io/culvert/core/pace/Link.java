// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What is known of the link's rate, in bytes per second. */
final class Link {
  /** Two late answers that have their own reasons seldom point to rates as near as that. */
  private static final double AGREE = 0.25;

  private final Proven proven = new Proven();
  private double rate;
  private double ceiling;
  private double sure;
  private boolean guessed;

  /** Takes a rate for the link's: there was a queue. */
  void measured(double bytesPerSecond, boolean guess) {
    rate = bytesPerSecond;
    ceiling = bytesPerSecond;
    sure = 0;
    guessed = guess;
  }

  /** Returns whether another measurement is so near that neither can be chance. */
  boolean agrees(double bytesPerSecond) {
    return rate > 0 && Math.abs(bytesPerSecond - rate) < AGREE * rate;
  }

  /** Takes a rate for one at which a queue grew. */
  void ceiling(double bytesPerSecond) {
    ceiling = bytesPerSecond;
  }

  /** Takes note that whoever told the rate is not believed any more. */
  void doubt() {
    guessed = true;
  }

  /** Takes note that nothing is queued at a rate. */
  void carries(double bytesPerSecond) {
    sure = bytesPerSecond;
    rate = Math.max(rate, 0.98 * bytesPerSecond);
  }

  /** Goes back to a rate that was held before. */
  void restore(double bytesPerSecond) {
    rate = bytesPerSecond;
    ceiling = Math.max(ceiling, bytesPerSecond);
  }

  /** Returns at which rates answers came in time. */
  Proven proven() {
    return proven;
  }

  boolean isKnown() {
    return rate > 0;
  }

  /** Returns whether the rate is no more than a guess. */
  boolean isGuessed() {
    return guessed;
  }

  /** Returns the rate, 0 if it is not known. */
  double rate() {
    return rate;
  }

  /** Returns the rate at which a queue grew last. */
  double ceiling() {
    return ceiling;
  }

  /** Returns the last rate at which nothing was queued, 0 if there was none since a queue. */
  double sure() {
    return sure;
  }

  /** Returns how long some bytes take, in nanoseconds; 0 if the rate is not known. */
  long nanosFor(double bytes) {
    return rate == 0 ? 0 : Nanos.ofSeconds(bytes / rate);
  }

  /** Returns how many bytes go in some nanoseconds. */
  double bytesIn(long nanos) {
    return rate * Nanos.toSeconds(nanos);
  }
}
