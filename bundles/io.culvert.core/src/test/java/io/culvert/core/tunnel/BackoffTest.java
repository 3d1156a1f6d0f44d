// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.config.RetryDelay;
import io.culvert.core.config.RetrySettings;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final RetrySettings RETRY = retry(FIRST, 25);

  private static RetrySettings retry(Duration first, int jitter) {
    return new RetrySettings(new RetryDelay(first, LONGEST, jitter), -1);
  }

  /** A generator that always gives the same fraction. */
  private static RandomGenerator always(double fraction) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public double nextDouble() {
        return fraction;
      }
    };
  }

  @Test
  void doublesUpToTheCap() {
    Backoff backoff = new Backoff(always(0.5));
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(backoff.next(RETRY)).isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void chanceTakesOrAddsAQuarterAtMost() {
    assertThat(new Backoff(always(0)).next(RETRY)).isEqualTo(Duration.ofMillis(750));
    assertThat(new Backoff(always(Math.nextDown(1.0))).next(RETRY))
        .isBetween(Duration.ofMillis(1249), Duration.ofMillis(1250));
  }

  @Test
  void howMuchChanceTakesOrAddsIsASetting() {
    assertThat(new Backoff(always(0)).next(retry(FIRST, 0))).isEqualTo(FIRST);
    assertThat(new Backoff(always(0)).next(retry(FIRST, 50))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void delaysAreSpreadOverTheWholeRange() {
    Random random = new Random(1);
    long below = 0;
    for (int i = 0; i < 1000; i++) {
      Duration delay = new Backoff(random).next(RETRY);
      assertThat(delay).isBetween(Duration.ofMillis(750), Duration.ofMillis(1250));
      below += delay.compareTo(FIRST) < 0 ? 1 : 0;
    }
    assertThat(below).isBetween(400L, 600L);
  }

  @Test
  void staysAtTheCapForEver() {
    Backoff backoff = new Backoff(always(0.5));
    for (int i = 0; i < 10_000; i++) {
      assertThat(backoff.next(RETRY)).isBetween(FIRST, LONGEST);
    }
    assertThat(backoff.attempts()).isEqualTo(10_000);
  }

  @Test
  void aFirstDelayOverTheCapIsTheCap() {
    assertThat(new Backoff(always(0.5)).next(retry(Duration.ofHours(1), 25))).isEqualTo(LONGEST);
  }

  @Test
  void resetBeginsAnew() {
    Backoff backoff = new Backoff(always(0.5));
    backoff.next(RETRY);
    backoff.next(RETRY);
    assertThat(backoff.attempts()).isEqualTo(2);

    backoff.reset();

    assertThat(backoff.attempts()).isZero();
    assertThat(backoff.next(RETRY)).isEqualTo(FIRST);
  }
}
