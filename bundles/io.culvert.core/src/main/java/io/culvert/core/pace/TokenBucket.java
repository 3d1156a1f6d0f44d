// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * Bytes that may go by now: they come at a rate, a short burst of them is kept, and what went
 * uninvited is owed. Time is in nanoseconds.
 */
final class TokenBucket {
  private static final double SECOND = 1e9;

  /** So much of the rate may be saved, for a loop that comes late. */
  private static final double BURST_NANOS = 4e6;

  /** So much may be owed, lest a burst of small things stops bulk for long. */
  private static final double DEBT_NANOS = 250e6;

  private double rate;
  private double tokens;
  private long filled;

  /** Goes on at another rate, with what is there. */
  void rate(double bytesPerSecond, long now) {
    fill(now);
    rate = bytesPerSecond;
  }

  double rate() {
    return rate;
  }

  void take(int bytes) {
    tokens -= bytes;
  }

  /** Returns what may go; a chunk may go over it if it is positive. */
  long available(long now) {
    fill(now);
    return (long) Math.ceil(tokens);
  }

  /** Returns the nanoseconds until something is there. */
  long delay(long now) {
    fill(now);
    return tokens > 0 ? 0 : (long) Math.ceil((1 - tokens) / rate * SECOND);
  }

  /** Forgets what was saved and what is owed. */
  void clear(long now) {
    tokens = 0;
    filled = now;
  }

  private void fill(long now) {
    long elapsed = now - filled;
    if (elapsed > 0) {
      filled = now;
      double perNano = rate / SECOND;
      tokens = Math.min(tokens + elapsed * perNano, BURST_NANOS * perNano);
      tokens = Math.max(tokens, -DEBT_NANOS * perNano);
    }
  }
}
