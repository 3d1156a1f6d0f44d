// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.time;

import java.time.Duration;
import java.time.InstantSource;

/** What time it is for the emulated service, and a way to be called later. Safe for all threads. */
public interface ServiceClock extends InstantSource {
  /** A task that is still to come. */
  @FunctionalInterface
  interface Timer {
    /** Drops the task. Does nothing if it has begun or was dropped before. */
    void cancel();
  }

  /**
   * Runs a task once, later, on a thread of the clock's choice, and never before this returns.
   *
   * @param delay how much later.
   * @param task the task, which must not block for long.
   * @return a way to drop it.
   */
  Timer schedule(Duration delay, Runnable task);
}
