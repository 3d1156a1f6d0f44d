// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What is known of the link's rate, in bytes per second. */
final class Link {
  /** For so long programs get faster, as their code is compiled while it runs. */
  private static final long COLD = 10 * Nanos.SECOND;

  /** They are hardly ever slower than this, not even then. */
  private static final double SLOWEST = 1.5e6;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Proven proven;
  private double rate;
  private double ceiling;
  private boolean guessed = true;
  private long begunAt = NEVER;
  private boolean doubtful;

  Link(long sent, long now) {
    proven = new Proven(sent, now);
  }

  /** Takes note that bulk waits; the first time it begins. */
  void begins(long now) {
    begunAt = begunAt == NEVER ? now : begunAt;
  }

  /** Returns whether bulk has not begun so long ago. */
  boolean isNew(long nanos, long now) {
    return now - begunAt < nanos;
  }

  /**
   * Takes a rate for the link's: there was a queue.
   *
   * @param since when that was seen first.
   */
  void measured(double bytesPerSecond, boolean guess, long since) {
    rate = bytesPerSecond;
    ceiling = bytesPerSecond;
    guessed = guess;
    doubtful = bytesPerSecond > SLOWEST && isNew(COLD, since);
  }

  /** Takes the rate, or a higher one, for no more than a guess. */
  void guess(double least) {
    rate = Math.max(rate, least);
    ceiling = rate;
    guessed = true;
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
  void carries(double bytesPerSecond, long now) {
    if (0.98 * bytesPerSecond > rate) {
      rate = 0.98 * bytesPerSecond;
      doubtful = doubtful && isNew(COLD, now);
    }
  }

  /** Returns at which rates answers came in time. */
  Proven proven() {
    return proven;
  }

  boolean isKnown() {
    return rate > 0;
  }

  /** Returns whether the rate may be that of programs which had just begun, not the link's. */
  boolean isDoubtful() {
    return doubtful;
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
