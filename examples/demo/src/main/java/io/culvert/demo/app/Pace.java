// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast the file is sent, so that there is time for something to happen meanwhile: at a measured
 * pace, and slowly from some place on until {@link #release}. Thread-safe.
 */
public final class Pace {
  private static final long SLOW = 500_000;
  private static final long MOST_TO_CATCH_UP = 200_000_000;

  private final long bytesPerSecond;
  private final long brake;
  private final CountDownLatch released = new CountDownLatch(1);
  private long next = System.nanoTime();

  /**
   * Sets the pace.
   *
   * @param brake the place in the file from where on it is slow.
   */
  public Pace(long bytesPerSecond, long brake) {
    this.bytesPerSecond = bytesPerSecond;
    this.brake = brake;
  }

  /** Ends the slowness. */
  public void release() {
    released.countDown();
  }

  /** Waits until these bytes may be sent. */
  void spend(long place, int bytes) throws InterruptedException {
    if (place >= brake && released.getCount() > 0) {
      long nanos = bytes * 1_000_000_000L / SLOW;
      if (!released.await(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    }
    TimeUnit.NANOSECONDS.sleep(reserve(bytes));
  }

  /** Returns the nanoseconds until the turn of these bytes; a little delay is caught up. */
  private synchronized long reserve(int bytes) {
    long now = System.nanoTime();
    if (now - next > MOST_TO_CATCH_UP) {
      next = now;
    }
    long wait = next - now;
    next += bytes * 1_000_000_000L / bytesPerSecond;
    return Math.max(0, wait);
  }
}
