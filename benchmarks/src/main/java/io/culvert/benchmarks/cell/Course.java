// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that a load is given, in stretches without a gap between them. One thread. */
final class Course {
  private long now = System.nanoTime();

  /** Returns when the last stretch ended, by {@link System#nanoTime()}. */
  long now() {
    return now;
  }

  /** Returns when a stretch that begins now will end. */
  long after(Duration stretch) {
    return now + stretch.toNanos();
  }

  /** Lets the next stretch of time pass. */
  void pass(Duration stretch) throws InterruptedException {
    now += stretch.toNanos();
    TimeUnit.NANOSECONDS.sleep(now - System.nanoTime());
  }
}
