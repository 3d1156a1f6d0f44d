// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes of one stream that have arrived. Thread-safe. */
public final class Tally {
  private final AtomicLong bytes = new AtomicLong();
  private final CountDownLatch first = new CountDownLatch(1);

  void add(long more) {
    bytes.addAndGet(more);
    first.countDown();
  }

  /** Waits for the first byte; returns whether it has come. */
  boolean beginsWithin(Duration time) throws InterruptedException {
    return first.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns the bytes up to now. */
  public long bytes() {
    return bytes.get();
  }
}
