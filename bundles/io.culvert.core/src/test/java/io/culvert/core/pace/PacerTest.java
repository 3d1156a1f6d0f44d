// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long START = 5 * Nanos.SECOND;
  private static final int HEAD = 24;

  private final Pacer fixed = new Pacer(PaceSettings.fixed(1_000_000), START);
  private final Exchange bulk = fixed.newExchange();

  @Test
  void withoutPacingEverythingGoesAtOnceAndNoTimerIsNeeded() {
    Pacer pacer = new Pacer(PaceSettings.OFF, START);
    Exchange exchange = pacer.newExchange();
    pacer.sent(exchange, 64_512, 64_536, START);
    pacer.pumped(true, true, 1 << 20, START);

    assertThat(pacer.isPaced()).isFalse();
    assertThat(pacer.allowance(START)).isEqualTo(Long.MAX_VALUE);
    assertThat(pacer.delay(START)).isZero();
    assertThat(pacer.chunkBytes()).isEqualTo(64_512);
    assertThat(pacer.unsentLimit()).isEqualTo(128 << 10);
    assertThat(pacer.tickDelay()).isEqualTo(Long.MAX_VALUE);
    assertThat(pacer.status(START).state()).isEqualTo("OFF");
  }

  @Test
  void aGivenRateIsNotQuiteUsedUp() {
    long now = START;
    long sent = 0;
    while (now < START + 10 * Nanos.SECOND) {
      while (fixed.allowance(now) > 0) {
        int framed = fixed.chunkBytes() + HEAD;
        fixed.sent(bulk, fixed.chunkBytes(), framed, now);
        sent += framed;
      }
      now += fixed.delay(now);
    }
    assertThat(sent).isBetween(9_500_000L, 9_700_000L);
    assertThat(fixed.status(now).rate()).isEqualTo(960_000);
    assertThat(fixed.status(now).linkRate()).isEqualTo(1_000_000);
  }

  @Test
  void aChunkTakesEightMillisecondsOfTheRate() {
    assertThat(fixed.chunkBytes()).isEqualTo(7680);
    assertThat(new Pacer(PaceSettings.fixed(10_000), START).chunkBytes()).isEqualTo(1024);
    assertThat(new Pacer(PaceSettings.fixed(1L << 40), START).chunkBytes()).isEqualTo(64_512);
  }

  @Test
  void otherSettingsCountAtOnce() {
    fixed.follow(PaceSettings.OFF, START);
    assertThat(fixed.isPaced()).isFalse();

    fixed.follow(PaceSettings.fixed(100_000), START);
    assertThat(fixed.isPaced()).isTrue();
    assertThat(fixed.status(START).rate()).isEqualTo(96_000);

    fixed.follow(PaceSettings.AUTO, START);
    assertThat(fixed.status(START).state()).isEqualTo("RAMP");
  }

  @Test
  void aRateMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaceSettings.fixed(0))
        .withMessage("a fixed rate must be positive, not 0");
  }

  @Test
  void ticksOnlyWhileBulkWaits() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    assertThat(pacer.tickDelay()).isEqualTo(Long.MAX_VALUE);
    pacer.sent(asking, 64, 88, START);
    pacer.pumped(false, false, 0, START);
    assertThat(pacer.tickDelay()).isEqualTo(Long.MAX_VALUE);

    pacer.pumped(true, false, 0, START);
    assertThat(pacer.tickDelay()).isEqualTo(5 * Nanos.MILLI);

    pacer.pumped(false, false, 0, START);
    pacer.tick(START + 5 * Nanos.MILLI);
    assertThat(pacer.tickDelay()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anAnswerTellsHowLongItTook() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    pacer.sent(asking, 64, 88, START);
    pacer.received(asking, 64, START + 30 * Nanos.MILLI);

    PaceStatus status = pacer.status(START);
    assertThat(status.baseNanos()).isEqualTo(30 * Nanos.MILLI);
    assertThat(status.queueNanos()).isZero();
  }

  @Test
  void answersThatAreOverdueStopBulk() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    Exchange other = pacer.newExchange();
    long now = answered(pacer, other, answered(pacer, asking, START));
    pacer.sent(asking, 64, 88, now);
    pacer.sent(other, 64, 88, now + 20 * Nanos.MILLI);

    assertThat(rateAfter(pacer, now, 200)).isEqualTo(1000);
    assertThat(rateAfter(pacer, now, 4000)).isNotEqualTo(1000);
  }

  @Test
  void oneOddAnswerStopsNothing() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    long now = answered(pacer, asking, START);
    pacer.sent(asking, 64, 88, now);

    assertThat(rateAfter(pacer, now, 400)).isGreaterThan(1000);
  }

  @Test
  void requestThatGoesOnStopsNothing() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    Exchange other = pacer.newExchange();
    long now = answered(pacer, other, answered(pacer, asking, START));
    pacer.sent(asking, 64, 88, now);
    pacer.sent(other, 64, 88, now + 20 * Nanos.MILLI);
    asking.offered(64_512);

    assertThat(rateAfter(pacer, now, 200)).isGreaterThan(1000);
  }

  @Test
  void requestThatHasArrivedStopsNothing() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    Exchange another = pacer.newExchange();
    Exchange other = pacer.newExchange();
    long now = answered(pacer, another, answered(pacer, asking, START));
    now = answered(pacer, other, now);
    pacer.sent(asking, 64, 88, now);
    pacer.sent(another, 64, 88, now + 20 * Nanos.MILLI);
    pacer.sent(other, 64, 88, now + 21 * Nanos.MILLI);
    pacer.received(other, 64, now + 22 * Nanos.MILLI);

    assertThat(rateAfter(pacer, now, 200)).isGreaterThan(1000);
  }

  private static Pacer beforeARequest() {
    return new Pacer(PaceSettings.AUTO, START);
  }

  private static long answered(Pacer pacer, Exchange asking, long from) {
    long now = from;
    for (int i = 0; i < 40; i++) {
      pacer.sent(asking, 64, 88, now);
      now += Nanos.MILLI;
      pacer.received(asking, 64, now);
    }
    return now;
  }

  /** Lets bulk wait for so many milliseconds in which nothing comes. */
  private static long rateAfter(Pacer pacer, long from, long millis) {
    pacer.sent(pacer.newExchange(), 64_512, 64_536, from);
    for (long now = from; now < from + millis * Nanos.MILLI; now += pacer.tickDelay()) {
      pacer.pumped(true, false, 0, now);
      pacer.tick(now);
    }
    return pacer.status(from).rate();
  }

  @Test
  void messageThatIsNeverAnsweredDoesNotShiftTheAnswers() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    pacer.sent(asking, 9, 33, START);
    long now = START;
    for (int i = 0; i < 20; i++) {
      pacer.sent(asking, 64, 88, now);
      pacer.received(asking, 64, now + 2 * Nanos.MILLI);
      now += 20 * Nanos.MILLI;
    }

    assertThat(pacer.status(now).baseNanos()).isEqualTo(2 * Nanos.MILLI);
    assertThat(pacer.status(now).queueNanos()).isZero();
  }

  @Test
  void dataThatComesUnaskedIsNoAnswer() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange pushed = pacer.newExchange();
    long now = START;
    for (int i = 0; i < 10; i++) {
      now += 20 * Nanos.MILLI;
      pacer.received(pushed, 64, now);
    }
    pacer.sent(pushed, 64, 88, now);
    pacer.received(pushed, 64, now + 2 * Nanos.MILLI);

    assertThat(pacer.status(now).baseNanos()).isEqualTo(-1);
  }

  @Test
  void whoIsSeldomInTimeTellsNothing() {
    Lateness usual = new Lateness(null);
    Lateness slow = new Lateness(usual);
    for (int i = 1; i <= 20; i++) {
      slow.add(20 * i * Nanos.MILLI, 1);
    }
    assertThat(slow.isRegular()).isFalse();
    assertThat(slow.chance(100 * Nanos.MILLI)).isBetween(0.7, 0.9);
    assertThat(new Lateness(usual).isRegular()).isFalse();
  }

  @Test
  void whatIsRareTellsTheMoreTheRarerItIs() {
    Lateness lateness = new Lateness(null);
    for (int i = 0; i < 200; i++) {
      lateness.add(i % 10 == 0 ? 50 * Nanos.MILLI : 0, 1);
    }
    assertThat(lateness.isRegular()).isTrue();
    assertThat(lateness.chance(20 * Nanos.MILLI)).isBetween(0.09, 0.12);
    assertThat(lateness.chance(100 * Nanos.MILLI)).isBetween(0.001, 0.01);
  }

  @Test
  void earlierDelaysWereLateIfLessIsPossible() {
    Lateness lateness = new Lateness(null);
    for (int i = 0; i < 20; i++) {
      lateness.add(0, 1);
    }
    lateness.shift(100 * Nanos.MILLI);
    assertThat(lateness.isRegular()).isFalse();
  }

  @Test
  void anotherWebSocketBeginsAnew() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    long now = answered(pacer, asking, START);
    rateAfter(pacer, now, 8000);
    now += 8 * Nanos.SECOND;
    assertThat(pacer.status(now).state()).isNotEqualTo("RAMP");
    assertThat(pacer.status(now).baseNanos()).isEqualTo(Nanos.MILLI);
    pacer.sent(asking, 64, 88, now);
    pacer.restart(now);
    asking.close();

    assertThat(pacer.status(now).state()).isEqualTo("RAMP");
    assertThat(pacer.status(now).baseNanos()).isEqualTo(-1);
  }
}
