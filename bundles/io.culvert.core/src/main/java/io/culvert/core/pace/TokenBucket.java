// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.time.Duration;

/**
 * Bytes that may go by now: they come at a rate, a short burst of them is kept, and what went
 * uninvited is owed. Time is in nanoseconds.
 */
public final class TokenBucket {
  /** The payload of the largest message. */
  static final int MAX_CHUNK = 64512;

  private static final double SECOND = 1e9;

  /** A chunk of bulk takes so long, as small things wait behind one. */
  private static final double CHUNK_NANOS = 8e6;

  private static final int MIN_CHUNK = 1024;

  private final double burstNanos;
  private final double debtNanos;
  private double rate;
  private double tokens;
  private long filled;

  /**
   * Makes an empty bucket.
   *
   * @param burst so much of what the rate brings may be saved, for a time that was missed.
   * @param debt so much of it may be owed; what goes uninvited beyond that is forgiven.
   */
  public TokenBucket(Duration burst, Duration debt) {
    this.burstNanos = burst.toNanos();
    this.debtNanos = debt.toNanos();
  }

  /**
   * Goes on at another rate, with what is there.
   *
   * @param bytesPerSecond the rate.
   * @param now the time.
   */
  public void rate(double bytesPerSecond, long now) {
    fill(now);
    rate = bytesPerSecond;
  }

  double rate() {
    return rate;
  }

  /**
   * Takes bytes out, whether they are there or not.
   *
   * @param bytes what has gone.
   */
  public void take(int bytes) {
    tokens -= bytes;
  }

  /** Returns what may go; a chunk may go over it if it is positive. */
  long available(long now) {
    fill(now);
    return (long) Math.ceil(tokens);
  }

  /**
   * Returns how long nothing is there.
   *
   * @param now the time.
   * @return the nanoseconds until something is, 0 if it is now.
   */
  public long delay(long now) {
    fill(now);
    return tokens > 0 ? 0 : (long) Math.ceil((1 - tokens) / rate * SECOND);
  }

  /**
   * Returns how large a chunk may be for what is small not to wait long behind it.
   *
   * @return the largest payload.
   */
  public int chunkBytes() {
    return (int) Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, rate * CHUNK_NANOS / SECOND));
  }

  /**
   * Forgets what was saved and what is owed.
   *
   * @param now the time.
   */
  public void clear(long now) {
    tokens = 0;
    filled = now;
  }

  private void fill(long now) {
    long elapsed = now - filled;
    if (elapsed > 0) {
      filled = now;
      double perNano = rate / SECOND;
      tokens = Math.min(tokens + elapsed * perNano, burstNanos * perNano);
      tokens = Math.max(tokens, -debtNanos * perNano);
    }
  }
}
