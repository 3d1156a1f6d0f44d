// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Behind the WebSocket drains a megabyte per second; it takes what has drained every 100 ms. */
class FillWindowTest {
  private static final int UNSENT = 100_000;
  private static final long START = 1_000_000_000_000L;

  private final Outflow outflow = new Outflow();
  private final FillWindow window = new FillWindow();
  private long now = START;

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
    lumps(5, 1_000_000, 500_000);
    assertThat(window.isSettled()).isFalse();

    lumps(3, 500_000, 1_000_000);

    assertThat(window.isSettled()).isTrue();
    // A little less, as what is hidden varies by a part of a lump.
    assertThat(window.rate()).isBetween(0.95e6, 0.99e6);
  }

  @Test
  void aHiccupOfTheLinkIsNoPauseBetweenLumps() {
    window.restart(outflow, now);
    run(2000);

    waits(1000);
    run(8000);

    assertThat(window.isSettled()).isTrue();
    assertThat(window.rate()).isCloseTo(1e6, within(1e4));
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

  /** Takes lumps of 1.5 MB in two parts, and nothing for 1.5 s after each. */
  private void lumps(int count, int first, int second) {
    for (int i = 0; i < count; i++) {
      take(first);
      take(second);
      waits(1490);
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
    outflow.sent(millis * 1000);
    outflow.pumped(true, true, UNSENT, now);
  }

  private void tick() {
    window.tick(outflow, now);
  }
}
