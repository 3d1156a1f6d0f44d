// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of one stream that have arrived. Thread-safe. */
public final class Tally {
  private final AtomicLong bytes = new AtomicLong();

  void add(long more) {
    bytes.addAndGet(more);
  }

  /** Returns the bytes up to now. */
  public long bytes() {
    return bytes.get();
  }
}
