// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExchangeTest {
  private static final long ROUND_TRIP = 50 * Nanos.MILLI;
  private static final long STEP = 20 * Nanos.MILLI;

  private final Pacer pacer = new Pacer(PaceSettings.OFF, Nanos.SECOND);
  private final Exchange exchange = pacer.newExchange();
  private long now = Nanos.SECOND;

  @Test
  void eachOfSeveralOnTheirWayIsMeasured() {
    exchange.base().add(ROUND_TRIP, now);
    for (int i = 0; i < 20; i++) {
      ask();
      now += STEP;
      if (i > 1) {
        answerAt(Nanos.SECOND + (i - 2) * STEP + ROUND_TRIP, 64);
        assertThat(exchange.lastDelay()).isEqualTo(ROUND_TRIP);
      }
    }
  }

  @Test
  void anAnswerToSeveralMeasuresTheLastOfThem() {
    conversation();
    long first = now;
    for (int i = 0; i < 20; i++) {
      ask();
      now += STEP;
    }
    answerAt(now - STEP + ROUND_TRIP, 20 * 64);

    assertThat(exchange.lastDelay()).isEqualTo(ROUND_TRIP);
    assertThat(exchange.askedAt()).isEqualTo(first + 19 * STEP);
    assertThat(exchange.isAsking()).isFalse();
  }

  @Test
  void theOldestOfThoseThatAreMissingTellsHowLateTheAnswerIs() {
    conversation();
    long first = now;
    for (int i = 0; i < 100; i++) {
      ask();
      now += STEP;
    }

    assertThat(exchange.isLate(0, 0, now)).isTrue();
    assertThat(exchange.missedAt()).isEqualTo(first);
    assertThat(exchange.overdue(0, now)).isEqualTo(100 * STEP - ROUND_TRIP);
    assertThat(exchange.isMissedSince(now - STEP)).isTrue();
    assertThat(exchange.isMissedSince(now)).isFalse();
  }

  @Test
  void anAnswerInPartsIsMeasuredEachTime() {
    for (int i = 0; i < 20; i++) {
      ask();
      answerAt(now + ROUND_TRIP, 300);
      assertThat(exchange.answers(300, true, now += Nanos.MILLI)).isFalse();
      assertThat(exchange.lastDelay()).isEqualTo(ROUND_TRIP);
      now += 100 * Nanos.MILLI;
    }
    assertThat(exchange.isPushed()).isFalse();
  }

  /** It asks by the clock, and what we send is replies, some of which were held up. */
  @Test
  void onlyTheLastReplyIsWaitedForWhenThePeerHasNotWaited() {
    for (int i = 0; i < 5; i++) {
      exchange.answers(64, true, now += STEP);
    }
    for (int i = 0; i < 5; i++) {
      ask();
    }
    answerAt(now + STEP, 64);

    assertThat(exchange.lastDelay()).isEqualTo(STEP);
    assertThat(exchange.isAsking()).isFalse();
  }

  /** Somebody types a key, waits for seconds, and types another one. */
  @Test
  void aPauseDoesNotTakeAnAnswerForThatOfALaterRequest() {
    conversation();
    ask();
    now += 5 * Nanos.SECOND;
    ask();

    answerAt(now + STEP, 64);

    assertThat(exchange.lastDelay()).isEqualTo(5 * Nanos.SECOND + STEP);
  }

  @Test
  void afterALongPauseNothingIsMissingAnyMore() {
    conversation();
    ask();
    now += 31 * Nanos.SECOND;
    ask();

    answerAt(now + ROUND_TRIP, 64);

    assertThat(exchange.lastDelay()).isEqualTo(ROUND_TRIP);
  }

  @Test
  void whatShouldHaveComeByNowNeverComesWhenNothingIsQueued() {
    conversation();
    ask();
    now += 10 * ROUND_TRIP;
    ask();

    exchange.hasNoQueue(now);

    assertThat(exchange.missedAt()).isEqualTo(now);
  }

  @Test
  void nobodyWaitsForWhatWasGivenUp() {
    conversation();
    ask();
    ask();
    exchange.giveUp();
    now += STEP;
    ask();

    assertThat(exchange.isMissed()).isFalse();
    answerAt(now + ROUND_TRIP, 128);
    assertThat(exchange.isGivenUp()).isTrue();
    assertThat(exchange.isMissed()).isTrue();
  }

  private void conversation() {
    for (int i = 0; i < 8; i++) {
      ask();
      answerAt(now + ROUND_TRIP, 64);
      exchange.base().add(exchange.lastDelay(), now);
      exchange.lateness().add(0, 1);
      now += STEP;
    }
  }

  private void ask() {
    pacer.sent(exchange, 64, 88, now);
  }

  private void answerAt(long time, int payload) {
    now = Math.max(now, time);
    assertThat(exchange.answers(payload, true, time)).isTrue();
  }
}
