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
    Samples samples = new Samples(Duration.ofMillis(20));
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
  void aLateOneCountsForThoseThatItHeldUp() {
    Samples samples = new Samples(Duration.ofMillis(20));
    samples.add(0, 100 * MILLI);

    Latency latency = samples.since(0);

    // 100, 80, 60, 40 and 20 ms.
    assertThat(latency.count()).isEqualTo(5);
    assertThat(latency.percentile(50)).isCloseTo(60, within(0.1));
  }

  @Test
  void aLateOneThatBeganEarlierStillCountsForThoseAfterIt() {
    Samples samples = new Samples(Duration.ofMillis(20));
    samples.add(0, 1000 * MILLI);

    assertThat(samples.since(500 * MILLI).worst()).isCloseTo(500, within(1.0));
  }

  @Test
  void withoutAnIntervalEachCountsOnce() {
    Samples samples = new Samples(Duration.ZERO);
    samples.add(0, 100 * MILLI);
    samples.add(100 * MILLI, 1 * MILLI);

    assertThat(samples.since(0).count()).isEqualTo(2);
    assertThat(samples.first()).isEqualTo(100);
  }

  @Test
  void onlyTheTimeOfLateOnesAfterTheMomentIsLate() {
    Samples samples = new Samples(Duration.ofMillis(20));
    samples.add(0, 300 * MILLI);
    samples.add(300 * MILLI, 100 * MILLI);
    samples.add(400 * MILLI, 101 * MILLI);

    assertThat(samples.secondsLate(Duration.ofMillis(100), 200 * MILLI))
        .isCloseTo(0.201, within(1e-9));
  }

  @Test
  void theSlowestOfAStretchMayHaveBegunBefore() {
    Samples samples = new Samples(Duration.ofMillis(20));
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
    Samples samples = new Samples(Duration.ZERO);

    assertThat(samples.first()).isNaN();
    assertThat(samples.since(0).percentile(99)).isNaN();
    assertThat(samples.since(0).worst()).isNaN();
  }
}
