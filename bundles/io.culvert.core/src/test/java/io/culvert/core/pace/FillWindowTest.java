// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Behind the WebSocket drains a megabyte per second unless a test says otherwise; it takes what has
 * drained every 100 ms.
 */
class FillWindowTest {
  private static final int UNSENT = 100_000;
  private static final long START = 1_000_000_000_000L;

  private final Outflow outflow = new Outflow();
  private final FillWindow window = new FillWindow();
  private long now = START;
  private int bytesPerMilli = 1000;
  private double settled;

  @Test
  void twoWindowsThatAgreeTellTheRate() {
    window.restart(outflow, now);
    run(3000);
    assertThat(window.isSettled()).isFalse();

    run(400);

    assertThat(window.isSettled()).isTrue();
    assertThat(window.rate()).isCloseTo(1e6, within(1e4));
  }

  @Test
  void largeLumpsAreMeasuredFromEndToEndAndSeveralTogether() {
    window.restart(outflow, now);
    lumps(5, 1490, 1_000_000, 500_000);
    assertThat(window.isSettled()).isFalse();

    lumps(3, 1490, 500_000, 1_000_000);

    // A little less, as what is hidden varies by a part of a lump.
    assertThat(settled).isBetween(0.94e6, 0.99e6);
  }

  @Test
  void pausesBetweenLumpsNeedNotBeEquallyLong() {
    window.restart(outflow, now);
    lumps(1, 1990, 1_000_000, 1_000_000);
    for (int i = 0; i < 11; i++) {
      lumps(1, 1490, 500_000, 500_000, 500_000);
    }
    assertThat(settled).isBetween(0.9e6, 0.99e6);
  }

  @Test
  void oneLumpIsEnoughWhereItTakesLong() {
    window.restart(outflow, now);
    lumps(4, 23_000, 1_000_000, 500_000);
    assertThat(settled).isBetween(0.8 * 1.5e6 / 23, 1.5e6 / 23);
  }

  @Test
  void whatIsTakenWhileTheHiddenQueueGrowsCountsLess() {
    window.restart(outflow, now);
    bytesPerMilli = 1400;
    run(1600);
    bytesPerMilli = 1100;
    run(1500);
    assertThat(window.isSettled()).isFalse();

    bytesPerMilli = 1000;
    run(1800);

    assertThat(settled).isCloseTo(1.05e6, within(2e4));
  }

  @Test
  void aHiccupOfTheLinkIsNoPauseBetweenLumps() {
    window.restart(outflow, now);
    run(2000);

    waits(1000);
    run(8000);

    assertThat(settled).isCloseTo(1e6, within(1e4));
  }

  @Test
  void aLongHiccupIsWaitedForOnlyForAMoment() {
    window.restart(outflow, now);
    run(2000);

    waits(10_000);
    run(8000);

    assertThat(settled).isCloseTo(1e6, within(1e4));
  }

  @Test
  void aStandStillOfThisProcessBehindAFullQueueSpoilsNothing() {
    window.restart(outflow, now);
    run(2000);

    standStill(1000);
    run(400);

    assertThat(window.isSettled()).isTrue();
    assertThat(window.rate()).isCloseTo(1e6, within(1e5));
  }

  @Test
  void aPauseOfBulkSpoilsTheWindows() {
    window.restart(outflow, now);
    run(2000);
    outflow.pumped(false, false, 0, now);
    tick();

    standStill(1000);
    run(400);

    assertThat(window.isSettled()).isFalse();
  }

  @Test
  void theQueueWasFullSinceTheFirstOfTheTwoWindows() {
    window.restart(outflow, now);
    run(300);
    assertThat(window.fullSince()).isBetween(START, START + 200 * Nanos.MILLI);

    run(4700);

    // Windows end after 1.5 s: at 1.6 s, 3.1 s and 4.6 s.
    assertThat(window.fullSince() - START).isBetween(1500 * Nanos.MILLI, 1700 * Nanos.MILLI);
  }

  private void run(int millis) {
    for (int left = millis; left > 0; left -= 100) {
      drain(100);
      for (int i = 0; i < 20; i++) {
        now += 5 * Nanos.MILLI;
        tick();
      }
    }
  }

  /** Takes lumps in parts of some bytes each, and nothing for so long after each lump. */
  private void lumps(int count, int pauseMillis, int... parts) {
    for (int i = 0; i < count; i++) {
      for (int bytes : parts) {
        take(bytes);
      }
      waits(pauseMillis);
    }
  }

  private void take(int bytes) {
    outflow.sent(bytes);
    outflow.pumped(true, true, UNSENT, now);
    waits(5);
  }

  private void waits(int millis) {
    for (int i = 0; i < millis; i += 5) {
      now += 5 * Nanos.MILLI;
      tick();
    }
  }

  private void standStill(int millis) {
    now += millis * Nanos.MILLI;
    drain(millis);
    tick();
  }

  private void drain(int millis) {
    outflow.sent(millis * bytesPerMilli);
    outflow.pumped(true, true, UNSENT, now);
  }

  private void tick() {
    if (window.tick(outflow, now) && window.isSettled() && settled == 0) {
      settled = window.rate();
    }
  }
}
