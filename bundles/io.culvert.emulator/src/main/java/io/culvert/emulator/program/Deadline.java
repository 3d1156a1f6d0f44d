// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a process that does not manage to end in order. */
final class Deadline {
  private static final long SECONDS = 10;
  private static final int FAILED = 1;

  private Deadline() {}

  /** Gives the process a few seconds from now. */
  static void start() {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!new CountDownLatch(1).await(SECONDS, TimeUnit.SECONDS)) {
                  Runtime.getRuntime().halt(FAILED);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "culvert-exit-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }
}
