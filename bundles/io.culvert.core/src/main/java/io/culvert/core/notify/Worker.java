// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import java.time.Duration;
import java.time.Instant;

/** What time it is, and where work is done that may wait. Safe for all threads. */
interface Worker {
  /** Returns the time of day, to be kept across restarts; it may jump. */
  Instant now();

  /** Returns a time in nanoseconds that only grows. */
  long nanos();

  /** Runs a task soon, after those that were given before, off the caller's thread. */
  void run(Runnable task);

  /**
   * Runs a task as {@link #run} does, but later.
   *
   * @return takes the task back if it is not under way.
   */
  Runnable later(Duration delay, Runnable task);
}
