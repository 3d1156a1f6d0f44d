// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutflowTest {
  private static final long START = 1_000_000_000_000L;

  private final Outflow outflow = new Outflow();

  @Test
  void aFullWebSocketHoldsUpBulkHoweverLittleIsUnsent() {
    outflow.sent(200_000);
    outflow.pumped(true, true, 70_000, START);

    assertThat(outflow.isStalled()).isTrue();
    assertThat(outflow.isLimited()).isFalse();
  }

  @Test
  void itIsFilledAgainWhenSomethingWasWrittenAndNotWhenTheKernelTakesSome() {
    outflow.sent(200_000);
    outflow.pumped(true, true, 130_000, START);
    outflow.pumped(true, true, 90_000, START + 5 * Nanos.MILLI);
    assertThat(outflow.onsets()).isEqualTo(1);

    outflow.sent(60_000);
    outflow.pumped(true, true, 130_000, START + 10 * Nanos.MILLI);

    assertThat(outflow.onsets()).isEqualTo(2);
  }

  @Test
  void aStandStillOfThisProcessIsNoneOfTheWebSocket() {
    outflow.sent(200_000);
    outflow.tick(START);
    outflow.pumped(true, true, 130_000, START);
    outflow.tick(START + 90 * Nanos.MILLI);
    assertThat(outflow.stalledFor(START + 90 * Nanos.MILLI)).isEqualTo(90 * Nanos.MILLI);

    outflow.tick(START + 900 * Nanos.MILLI);

    assertThat(outflow.stalledFor(START + 900 * Nanos.MILLI)).isZero();
  }

  @Test
  void oneShortStallIsHardlyAnythingOfTheLastSeconds() {
    long now = START;
    for (int i = 0; i < 2000; i++) {
      now += 5 * Nanos.MILLI;
      outflow.pumped(true, i % 400 < 30, 0, now);
      outflow.tick(now);
    }
    assertThat(outflow.stalledShare()).isBetween(0.03, 0.15);

    for (int i = 0; i < 600; i++) {
      now += 5 * Nanos.MILLI;
      outflow.pumped(true, i % 2 == 0, 0, now);
      outflow.tick(now);
    }
    assertThat(outflow.stalledShare()).isGreaterThan(0.2);
  }
}
