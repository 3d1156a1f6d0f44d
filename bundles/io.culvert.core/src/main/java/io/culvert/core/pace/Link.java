// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What is known of the link's rate, in bytes per second. */
final class Link {
  private final Proven proven;
  private double rate;
  private double ceiling;
  private boolean guessed = true;

  Link(long sent, long now) {
    proven = new Proven(sent, now);
  }

  /** Takes a rate for the link's: there was a queue. */
  void measured(double bytesPerSecond, boolean guess) {
    rate = bytesPerSecond;
    ceiling = bytesPerSecond;
    guessed = guess;
  }

  /** Takes note that it surely has the rate that was measured, and no more. */
  void prove(long now) {
    proven.set(rate, now);
    guessed = false;
  }

  /** Goes back to a rate that was held before. */
  void restore(double bytesPerSecond) {
    rate = bytesPerSecond;
    ceiling = bytesPerSecond;
  }

  /** Takes note that nothing is queued at a rate. */
  void carries(double bytesPerSecond) {
    rate = Math.max(rate, 0.98 * bytesPerSecond);
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

  /** Returns how long some bytes take, in nanoseconds; 0 if the rate is not known. */
  long nanosFor(double bytes) {
    return rate == 0 ? 0 : Nanos.ofSeconds(bytes / rate);
  }

  /** Returns how many bytes go in some nanoseconds. */
  double bytesIn(long nanos) {
    return rate * Nanos.toSeconds(nanos);
  }
}
