// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a connection that has been answered once, in 5 ms, and not again in time. */
class EvidenceTest {
  private static final long START = 1_000_000_000_000L;
  private static final long LATE = 3 * Nanos.SECOND;

  private final Pacer pacer = new Pacer(PaceSettings.AUTO, START);
  private final Exchange exchange = pacer.newExchange();
  private final Evidence evidence = new Evidence();
  private long now = START;
  private long sent;

  EvidenceTest() {
    exchange.base().add(5 * Nanos.MILLI, START);
    exchange.lateness().add(0, 1);
  }

  @Test
  void severalVeryLateAnswersAreAQueueHoweverRareTheyAre() {
    answer();
    answer();
    assertThat(isQueue(false)).isFalse();
    answer();
    assertThat(isQueue(false)).isTrue();
  }

  @Test
  void fewerWillDoWhileAQueueIsMadeOnPurpose() {
    answer();
    assertThat(isQueue(true)).isFalse();
    answer();
    assertThat(isQueue(true)).isTrue();
  }

  @Test
  void whatWasNotBelievedForLongWasNothing() {
    answer();
    answer();
    now += 4 * LATE;
    answer();
    assertThat(isQueue(false)).isFalse();
  }

  /** Asks at once, and is answered late. */
  private void answer() {
    sent += 1000;
    exchange.sent(64, sent, 0, now);
    now += LATE;
    assertThat(exchange.answers(64, true, now)).isTrue();
    evidence.add(exchange, LATE, now);
  }

  private boolean isQueue(boolean filling) {
    return evidence.isQueue(List.of(exchange), 0, START, filling, now);
  }
}
