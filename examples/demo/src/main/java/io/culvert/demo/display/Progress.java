// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How far one piece of work is. Thread-safe: one thread counts, another draws. */
public final class Progress {
  private final String label;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final long begun = System.nanoTime();
  private volatile @Nullable String note;
  private volatile @Nullable String end;

  /**
   * Begins at nothing.
   *
   * @param total the bytes to come, 0 if that is unknown.
   */
  public Progress(String label, long total) {
    this.label = label;
    this.total = total;
  }

  /** Counts bytes. */
  public void add(long bytes) {
    done.addAndGet(bytes);
  }

  /** Says what is going on besides; null is nothing. */
  public void note(@Nullable String text) {
    note = text;
  }

  /** Says how it ended. */
  public void end(String text) {
    end = text;
  }

  /** Returns the bytes so far. */
  public long done() {
    return done.get();
  }

  String label() {
    return label;
  }

  long total() {
    return total;
  }

  @Nullable String note() {
    return note;
  }

  @Nullable String end() {
    return end;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
