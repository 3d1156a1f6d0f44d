// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Time is what the test says it is. */
class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void bytesTakeTheirTime() {
    RateLimiter limiter = new RateLimiter(1000, 0);
    assertThat(limiter.waitNanos(0)).isZero();
    limiter.spend(500, 0);
    assertThat(limiter.waitNanos(0)).isEqualTo(SECOND / 2);
    assertThat(limiter.waitNanos(SECOND / 2)).isZero();
  }

  @Test
  void idleTimeIsNotSaved() {
    RateLimiter limiter = new RateLimiter(1000, 0);
    limiter.spend(1000, 10 * SECOND);
    assertThat(limiter.waitNanos(10 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void chunksAreSmallButNeverEmpty() {
    assertThat(new RateLimiter(1000, 0).maxChunk()).isEqualTo(50);
    assertThat(new RateLimiter(1, 0).maxChunk()).isEqualTo(1);
  }

  @Test
  void noRateIsNoLimit() {
    RateLimiter limiter = new RateLimiter(0, 0);
    limiter.spend(Integer.MAX_VALUE, 0);
    assertThat(limiter.waitNanos(0)).isZero();
    assertThat(limiter.maxChunk()).isEqualTo(Integer.MAX_VALUE);
  }
}
