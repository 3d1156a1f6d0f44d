// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits, with a bound, for what the framework does on threads of its own and tells nobody. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private Eventually() {}

  /** Repeats assertions until they hold; fails as the last try did. */
  static void holds(Check check) throws Exception {
    long start = System.nanoTime();
    while (true) {
      try {
        check.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() - start > LIMIT.toNanos()) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Some assertions. */
  interface Check {
    void run() throws Exception;
  }
}
