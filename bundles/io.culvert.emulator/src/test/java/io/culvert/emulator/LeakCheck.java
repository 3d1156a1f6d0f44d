// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves a buffer behind. */
final class LeakCheck implements AfterAllCallback {
  private static final int ROUNDS = 3;

  @Override
  public void afterAll(ExtensionContext context) {
    assertNone();
  }

  static void assertNone() {
    for (int i = 0; i < ROUNDS; i++) {
      System.gc();
      // The detector looks for leaks when it tracks a new buffer.
      ByteBufAllocator.DEFAULT.buffer(1).release();
    }
    assertThat(RecordingLeakDetector.leaks()).isEmpty();
  }
}
