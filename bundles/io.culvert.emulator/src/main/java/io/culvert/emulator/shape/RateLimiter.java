// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import java.util.concurrent.TimeUnit;

/** Spaces writes so that their bytes keep a rate on average. Confined to the event loop. */
final class RateLimiter {
  private static final int CHUNKS_PER_SECOND = 20;

  private final long bytesPerSecond;
  private long freeAtNanos;

  /**
   * Makes a limiter that lets the first write go at once.
   *
   * @param bytesPerSecond the rate, 0 for none.
   * @param nowNanos the time.
   */
  RateLimiter(long bytesPerSecond, long nowNanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.freeAtNanos = nowNanos;
  }

  /** Returns the longest write, so that the rate is kept within fractions of a second, too. */
  int maxChunk() {
    return bytesPerSecond == 0
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / CHUNKS_PER_SECOND));
  }

  /** Returns how long the next write has to wait, 0 or less if it need not. */
  long waitNanos(long nowNanos) {
    return bytesPerSecond == 0 ? 0 : freeAtNanos - nowNanos;
  }

  /** Notes a write. */
  void spend(int bytes, long nowNanos) {
    if (bytesPerSecond == 0) {
      return;
    }
    if (freeAtNanos - nowNanos < 0) {
      freeAtNanos = nowNanos;
    }
    freeAtNanos += TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
  }
}
