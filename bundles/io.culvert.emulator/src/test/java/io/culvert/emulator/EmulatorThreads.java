// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The threads that emulators start. */
final class EmulatorThreads {
  private static final long TIMEOUT_MILLIS = 30_000;

  private EmulatorThreads() {}

  /** Checks that none is left; one that has said that it ends may need a moment to do so. */
  static void assertNone() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("culvert-emulator")) {
        thread.join(TIMEOUT_MILLIS);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
