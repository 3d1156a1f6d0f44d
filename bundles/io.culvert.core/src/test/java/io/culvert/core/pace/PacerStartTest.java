// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a pacer does before anybody was answered. */
class PacerStartTest {
  private static final long START = 5 * Nanos.SECOND;
  private static final int HEAD = 24;

  /** What waits behind bulk that fills the link says little, and nobody knows what is usual. */
  @Test
  void bulkBeginsSlowlyWhileTheFirstAnswerIsMissingButNotForLong() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    ask(pacer.newExchange(), pacer, START);

    bulkWaits(START, START + 500 * Nanos.MILLI, pacer);
    ask(pacer.newExchange(), pacer, START + 500 * Nanos.MILLI);
    bulkWaits(START + 500 * Nanos.MILLI, START + 950 * Nanos.MILLI, pacer);
    assertThat(pacer.status(0).state()).isEqualTo("RAMP");
    assertThat(pacer.status(0).rate()).isEqualTo(512_000);

    bulkWaits(START + 950 * Nanos.MILLI, START + 1050 * Nanos.MILLI, pacer);
    assertThat(pacer.status(0).state()).isEqualTo("FILL");
  }

  @Test
  void bulkBeginsAtOnceWhereNobodyAsks() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);

    bulkWaits(START, START + 50 * Nanos.MILLI, pacer);

    assertThat(pacer.status(0).state()).isEqualTo("FILL");
  }

  /** Bulk that came after a request holds up neither it nor its answer. */
  @Test
  void whatWasAskedBeforeBulkTellsHowLongAnswersTake() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    ask(asking, pacer, START);
    sendBulk(pacer);

    pacer.received(asking, 64, START + 300 * Nanos.MILLI);

    assertThat(pacer.status(0).baseNanos()).isEqualTo(300 * Nanos.MILLI);
  }

  @Test
  void whatWasAskedBehindBulkDoesNot() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    sendBulk(pacer);
    ask(asking, pacer, START);

    pacer.received(asking, 64, START + 300 * Nanos.MILLI);

    assertThat(pacer.status(0).baseNanos()).isEqualTo(-1);
  }

  private static void ask(Exchange asking, Pacer pacer, long now) {
    pacer.sent(asking, 64, 64 + HEAD, now);
  }

  private static void sendBulk(Pacer pacer) {
    pacer.sent(pacer.newExchange(), 64_512, 64_536, START);
  }

  /** Lets bulk wait for the pacer. */
  private static void bulkWaits(long from, long end, Pacer pacer) {
    for (long now = from; now < end; now += 5 * Nanos.MILLI) {
      pacer.pumped(true, false, 0, now);
      pacer.tick(now);
    }
  }
}
