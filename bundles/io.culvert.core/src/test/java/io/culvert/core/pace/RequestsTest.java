// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final long STEP = 20 * Nanos.MILLI;

  private final Requests requests = new Requests();
  private long now;
  private long sent;

  @Test
  void anAnswerIsForTheOldestOne() {
    ask(64, 3);

    assertAnswers(100, 1);
    assertAnswers(20, 2);
    assertThat(requests.count()).isEqualTo(1);
  }

  @Test
  void withManyMissingItIsNotClearWhichOneAnAnswerIsFor() {
    ask(64, 10);

    assertThat(requests.take(100, now)).isNull();
    assertThat(requests.count()).isEqualTo(9);
    assertAnswers(100, 2);
  }

  @Test
  void echoesThatComeTogetherAnswerAllThatTheyAreAsLongAs() {
    echo(4);
    ask(64, 12);

    assertAnswers(64 * 11, 15);
    assertAnswers(64, 16);
    assertThat(requests.count()).isZero();
  }

  @Test
  void twoEchoesThatComeTogetherAreKnownAfterOneThatCameAlone() {
    echo(1);
    ask(64, 3);

    assertAnswers(128, 3);
    assertAnswers(64, 4);
  }

  @Test
  void anEchoInPartsIsCountedByItsBytes() {
    echo(4);
    ask(128, 3);

    assertThat(requests.take(64, now)).isNull();
    assertThat(requests.count()).isEqualTo(3);
    assertAnswers(64 + 64, 5);
    assertAnswers(64, 6);
    assertThat(requests.count()).isEqualTo(1);
  }

  /** What is cut off is not long in coming, and nobody else's answer. */
  @Test
  void theFirstPartOfAnAnswerAnswersTheOnlyOne() {
    echo(4);
    ask(128, 1);

    assertAnswers(64, 5);
    assertThat(requests.take(64, now)).isNull();
    ask(128, 2);
    assertAnswers(128, 6);
  }

  @Test
  void whatIsLongerThanAllThatWasAskedAnswersAll() {
    echo(4);
    ask(64, 2);

    assertAnswers(1000, 6);
    ask(64, 2);
    assertAnswers(64, 7);
  }

  @Test
  void answersThatAreShorterThanRequestsAreNoEchoesAnyMore() {
    echo(8);
    for (int i = 0; i < 5; i++) {
      ask(64, 2);
      requests.take(20, now);
      requests.take(20, now);
    }
    requests.clear();

    ask(64, 2);
    assertAnswers(20, requests.first().sent());
  }

  @Test
  void whatWasAskedTooLateForAnAnswerIsNotAnsweredYet() {
    echo(4);
    ask(64, 4);

    assertThat(number(requests.take(64 * 4, now - 2 * STEP))).isEqualTo(6);
    assertThat(requests.take(64, now - 2 * STEP)).isNull();
    assertThat(requests.count()).isEqualTo(2);
    assertAnswers(64, 7);
  }

  @Test
  void whenAllAnswersComeTooSoonItIsBegunAnew() {
    echo(4);
    ask(64, 4);

    for (int i = 0; i < 9; i++) {
      assertThat(requests.take(64, 0)).isNull();
    }
    assertThat(requests.count()).isZero();
    ask(64, 2);
    assertAnswers(64, 9);
  }

  @Test
  void theOnlyOneIsAnsweredHoweverSoon() {
    ask(64, 1);

    assertThat(number(requests.take(64, now - STEP))).isEqualTo(1);
  }

  /** A minute behind a queue: the bytes are exact, and the times of the oldest ones. */
  @Test
  void onlyTheBytesAreCountedOfVeryMany() {
    echo(4);
    ask(64, 3000);

    assertThat(requests.count()).isEqualTo(256);
    assertAnswers(64 * 200, 204);
    assertAnswers(64 * 2800, 260);
    assertThat(requests.count()).isZero();
    ask(64, 2);
    requests.take(64, now);
    assertThat(requests.count()).isEqualTo(1);
  }

  /** Those that were not noted lie between. */
  @Test
  void whatIsAskedAfterVeryManyIsAnsweredInItsPlace() {
    echo(4);
    ask(64, 500);
    assertAnswers(64, 5);
    ask(64, 1);

    assertAnswers(64 * 299, 260);
    assertThat(requests.take(64 * 199, now)).isNull();
    assertThat(requests.take(64, now)).isNull();
    assertAnswers(64, 505);
  }

  @Test
  void whatHasArrivedCanBeDropped() {
    ask(64, 4);
    requests.dropArrived(3);
    assertThat(number(requests.first())).isEqualTo(4);
  }

  @Test
  void whatIsNeverAnsweredCanBeDropped() {
    echo(4);
    ask(64, 6);
    requests.drop(1);
    assertThat(number(requests.first())).isEqualTo(6);

    requests.dropBefore(8 * STEP);
    assertThat(number(requests.first())).isEqualTo(8);
    assertAnswers(128, 9);

    requests.clear();
    assertThat(requests.first()).isNull();
    assertThat(requests.last()).isNull();
    assertThat(requests.take(64, now)).isNull();
    ask(64, 2);
    assertAnswers(64, 11);
  }

  private void echo(int times) {
    for (int i = 0; i < times; i++) {
      ask(64, 1);
      assertThat(requests.take(64, now)).isNotNull();
    }
  }

  private void ask(int payload, int times) {
    for (int i = 0; i < times; i++) {
      now += STEP;
      requests.add(payload, ++sent, 0, now);
    }
  }

  /** Asserts that an answer is for the request with a number, the first one's being 1. */
  private void assertAnswers(int payload, long number) {
    assertThat(number(requests.take(payload, now))).isEqualTo(number);
  }

  private static long number(Requests.@Nullable Request request) {
    assertThat(request).isNotNull();
    return request.at() / STEP;
  }
}
