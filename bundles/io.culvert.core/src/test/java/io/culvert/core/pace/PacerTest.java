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
    pacer.pumped(true, 1 << 20, START);

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
    assertThat(sent).isBetween(9_400_000L, 9_600_000L);
    assertThat(fixed.status(now).rate()).isEqualTo(950_000);
    assertThat(fixed.status(now).linkRate()).isEqualTo(1_000_000);
  }

  @Test
  void aChunkTakesEightMillisecondsOfTheRate() {
    assertThat(fixed.chunkBytes()).isEqualTo(7600);
    assertThat(new Pacer(PaceSettings.fixed(10_000), START).chunkBytes()).isEqualTo(1024);
    assertThat(new Pacer(PaceSettings.fixed(1L << 40), START).chunkBytes()).isEqualTo(64_512);
  }

  @Test
  void otherSettingsCountAtOnce() {
    fixed.follow(PaceSettings.OFF, START);
    assertThat(fixed.isPaced()).isFalse();

    fixed.follow(PaceSettings.fixed(100_000), START);
    assertThat(fixed.isPaced()).isTrue();
    assertThat(fixed.status(START).rate()).isEqualTo(95_000);

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
    pacer.pumped(false, 0, START);
    assertThat(pacer.tickDelay()).isEqualTo(Long.MAX_VALUE);

    pacer.pumped(true, 0, START);
    assertThat(pacer.tickDelay()).isEqualTo(5 * Nanos.MILLI);

    pacer.pumped(false, 0, START);
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
  void answerThatIsOverdueStopsBulk() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    long now = answeredThrice(pacer, asking);
    pacer.sent(asking, 64, 88, now);

    assertThat(rateAfter(pacer, now, 200)).isEqualTo(1000);
    assertThat(rateAfter(pacer, now, 4000)).isGreaterThan(1000);
  }

  @Test
  void requestThatGoesOnStopsNothing() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    long now = answeredThrice(pacer, asking);
    pacer.sent(asking, 64, 88, now);
    asking.offered(64_512);

    assertThat(rateAfter(pacer, now, 200)).isGreaterThan(1000);
  }

  @Test
  void requestThatHasArrivedStopsNothing() {
    Pacer pacer = beforeARequest();
    Exchange asking = pacer.newExchange();
    Exchange other = pacer.newExchange();
    long now = answeredThrice(pacer, asking);
    pacer.sent(asking, 64, 88, now);
    pacer.sent(other, 64, 88, now + Nanos.MILLI);
    pacer.received(other, 64, now + 2 * Nanos.MILLI);

    assertThat(rateAfter(pacer, now, 200)).isGreaterThan(1000);
  }

  private static Pacer beforeARequest() {
    return new Pacer(PaceSettings.AUTO, START);
  }

  private static long answeredThrice(Pacer pacer, Exchange asking) {
    long now = START;
    for (int i = 0; i < 3; i++) {
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
      pacer.pumped(true, 0, now);
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
  void whoIsSeldomInTimeIsNotBelieved() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange slow = pacer.newExchange();
    for (int i = 0; i < 20; i++) {
      slow.waited(300 * Nanos.MILLI);
    }
    assertThat(slow.isTrusted()).isFalse();
    assertThat(pacer.newExchange().isTrusted()).isTrue();

    pacer.restart(START);
    assertThat(pacer.newExchange().isTrusted()).isFalse();
  }

  @Test
  void anotherWebSocketBeginsAnew() {
    Pacer pacer = new Pacer(PaceSettings.AUTO, START);
    Exchange asking = pacer.newExchange();
    pacer.sent(asking, 64, 88, START);
    pacer.restart(START);
    asking.close();

    assertThat(pacer.status(START).state()).isEqualTo("RAMP");
    assertThat(pacer.status(START).baseNanos()).isEqualTo(-1);
  }
}
