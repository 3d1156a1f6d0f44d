// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void percentilesAreOfTheRoundTripsOfAStretchOfTime() {
    Samples samples = new Samples();
    for (int i = 0; i < 200; i++) {
      samples.add(20L * i * MILLI, (i < 100 ? 1 : 5) * MILLI);
    }

    Latency first = samples.between(0, 2000 * MILLI);
    Latency rest = samples.since(2000 * MILLI);

    assertThat(first.count()).isEqualTo(100);
    assertThat(first.percentile(99)).isCloseTo(1, within(0.01));
    assertThat(rest.count()).isEqualTo(100);
    assertThat(rest.percentile(50)).isCloseTo(5, within(0.01));
    assertThat(rest.worst()).isCloseTo(5, within(0.01));
  }

  @Test
  void oneThatBeganBeforeAStretchIsNotOfIt() {
    Samples samples = new Samples();
    samples.add(0, 1000 * MILLI);
    samples.add(20 * MILLI, 981 * MILLI);

    assertThat(samples.since(20 * MILLI).count()).isEqualTo(1);
    assertThat(samples.between(0, 20 * MILLI).worst()).isCloseTo(1000, within(1.0));
    assertThat(samples.first()).isEqualTo(1000);
  }

  @Test
  void onlyTheTimeOfLateOnesAfterTheMomentIsLate() {
    Samples samples = new Samples();
    samples.add(0, 300 * MILLI);
    samples.add(300 * MILLI, 100 * MILLI);
    samples.add(400 * MILLI, 101 * MILLI);

    assertThat(samples.secondsLate(Duration.ofMillis(100), 200 * MILLI))
        .isCloseTo(0.201, within(1e-9));
  }

  @Test
  void aLateOneCountsForThoseThatItHeldUp() {
    Samples samples = new Samples();
    samples.add(0, 100 * MILLI);

    Latency latency = samples.since(0, 20 * MILLI);

    // 100, 80, 60, 40 and 20 ms.
    assertThat(latency.count()).isEqualTo(5);
    assertThat(latency.percentile(50)).isCloseTo(60, within(0.1));
  }

  @Test
  void aLateOneThatBeganEarlierStillCountsForThoseAfterIt() {
    Samples samples = new Samples();
    samples.add(0, 1000 * MILLI);

    assertThat(samples.since(500 * MILLI, 20 * MILLI).worst()).isCloseTo(500, within(1.0));
  }

  @Test
  void oneThatTakesHardlyLongerThanUsualHoldsUpNone() {
    Samples samples = new Samples();
    long usual = Echo.Rhythm.STEADY.usualNanos(Duration.ofMillis(100));
    samples.add(0, 110 * MILLI);
    samples.add(110 * MILLI, 100 * MILLI);

    assertThat(samples.since(0, usual).count()).isEqualTo(2);
    assertThat(Echo.Rhythm.STEADY.usualNanos(Duration.ofMillis(2))).isEqualTo(20 * MILLI);
    assertThat(Echo.Rhythm.CLOCK.usualNanos(Duration.ofMillis(100))).isZero();
  }

  @Test
  void timeInWhichSeveralWereLateCountsOnce() {
    Samples samples = new Samples();
    samples.add(0, 300 * MILLI);
    samples.add(20 * MILLI, 290 * MILLI);
    samples.add(200 * MILLI, 115 * MILLI);
    samples.add(900 * MILLI, 200 * MILLI);

    assertThat(samples.secondsLate(Duration.ofMillis(100), 100 * MILLI))
        .isCloseTo(0.215 + 0.2, within(1e-9));
  }

  @Test
  void theSlowestOfAStretchMayHaveBegunBefore() {
    Samples samples = new Samples();
    samples.add(0, 900 * MILLI);
    samples.add(900 * MILLI, 300 * MILLI);
    samples.add(1200 * MILLI, 2 * MILLI);

    Samples.RoundTrip slowest = samples.slowestSince(1000 * MILLI);

    assertThat(slowest.start()).isEqualTo(900 * MILLI);
    assertThat(slowest.end()).isEqualTo(1200 * MILLI);
    assertThat(slowest.millis()).isEqualTo(300);
  }

  @Test
  void nothingHasNoFigures() {
    Samples samples = new Samples();

    assertThat(samples.first()).isNaN();
    assertThat(samples.since(0).percentile(99)).isNaN();
    assertThat(samples.since(0).worst()).isNaN();
  }
}
