// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.culvert.core.config.SendSettings;
import io.culvert.core.net.Exhausted;
import io.culvert.core.pace.PaceSettings;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order, and when, an outbox sends. */
class OutboxTest extends OutboxFixture {
  private static final TunnelMessage START =
      TunnelMessage.control(MessageType.STREAM_START, "SSH", 1, 1);

  @Test
  void controlMessagesGoAheadOfEverything() {
    uplink.room = 0;
    TestFlow bulk = flow("bulk");
    TestFlow key = flow("key");
    bulk.send(CHUNK);
    key.send(1);
    outbox.control(START);
    uplink.room = Integer.MAX_VALUE;
    outbox.pump();
    assertThat(uplink.sent).containsExactly("STREAM_START", "key 1", "bulk " + CHUNK);
  }

  @Test
  void nothingIsWrittenBeyondTheRoomOfTheUplink() {
    uplink.room = 2 * CHUNK;
    TestFlow endless = flow("endless").repeat();
    endless.send(CHUNK);
    assertThat(uplink.sent).hasSize(2);
    uplink.room = CHUNK;
    outbox.pump();
    assertThat(uplink.sent).hasSize(3);
  }

  @Test
  void bulkGoesAtALittleLessThanTheGivenRate() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(1_000_000), 0));
    flow("bulk").repeat().send(CHUNK);
    pass(10_000);
    assertThat(uplink.bytes).isCloseTo(9_600_000, withinPercentage(1));
  }

  @ParameterizedTest
  @CsvSource({"0, 500000, 500000", "1000000, 500000, 500000", "1000000, 5000000, 960000"})
  void statusShowsTheLowerOneOfPaceAndLimit(long link, long limit, long rate) {
    PaceSettings pace = link == 0 ? PaceSettings.OFF : PaceSettings.fixed(link);
    outbox = outbox(new SendSettings(pace, limit));
    assertThat(outbox.status().rate()).isEqualTo(rate);
    assertThat(outbox.status().limited()).isFalse();
    flow("bulk").repeat().send(CHUNK);
    pass(1000);
    assertThat(outbox.status().rate()).isEqualTo(rate);
    assertThat(outbox.status().limited()).isTrue();
  }

  @Test
  void smallThingsDoNotWaitForThePacer() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(100_000), 0));
    flow("bulk").repeat().send(CHUNK);
    pass(1000);
    TestFlow key = flow("key");
    for (int i = 0; i < 50; i++) {
      uplink.sent.clear();
      key.send(64);
      assertThat(uplink.sent).containsExactly("key 64");
      pass(20);
    }
  }

  @Test
  void chunkIsCutWhenTheRateIsLow() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(1_000_000), 0));
    TestFlow bulk = flow("bulk");
    bulk.send(CHUNK);
    pass(1000);
    assertThat(uplink.sent).hasSizeGreaterThan(7).allMatch(sent -> length(sent) <= 8000);
    assertThat(bulk.delivered).isEqualTo(pattern(CHUNK));
    assertThat(bulk.emptied).isOne();
  }

  @Test
  void weightsDivideWhatTheUplinkTakes() {
    uplink.room = 0;
    uplink.perMilli = 100_000;
    List<TestFlow> three = List.of(flow("one"), flow("two"), flow("four"));
    for (int i = 0; i < three.size(); i++) {
      three.get(i).share.set(1 << i, 0, ticker.nanoTime());
      three.get(i).repeat().send(CHUNK);
    }
    pass(1000);
    assertThat(three.get(1).bytes).isCloseTo(2 * three.get(0).bytes, withinPercentage(3));
    assertThat(three.get(2).bytes).isCloseTo(4 * three.get(0).bytes, withinPercentage(3));
  }

  /** The largest payload may be configured to be small, and is small where many wait. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, CHUNK})
  void weightsDivideTheLoopWhereTheUplinkTakesEverything(int chunk) {
    List<TestFlow> three = List.of(flow("one"), flow("two"), flow("four"));
    for (int i = 0; i < three.size(); i++) {
      three.get(i).share.set(1 << i, 0, ticker.nanoTime());
    }
    for (int round = 0; round < 2000; round++) {
      three.stream().filter(flow -> flow.flow.isEmpty()).forEach(flow -> flow.send(chunk));
    }
    assertThat(three.get(1).bytes).isCloseTo(2 * three.get(0).bytes, withinPercentage(3));
    assertThat(three.get(2).bytes).isCloseTo(4 * three.get(0).bytes, withinPercentage(3));
  }

  @Test
  void nobodyWaitsForLongForOneThatIsAway() {
    TestFlow heavy = flow("heavy", 100);
    TestFlow light = flow("light");
    light.send(CHUNK);
    heavy.send(CHUNK);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(2);
    pass(3);
    assertThat(uplink.sent).hasSize(3);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(4);
  }

  @Test
  void oneThatIsAwayAgainAndAgainTakesNoMoreThanTwoThirdsOfTheTimeOfOthers() {
    uplink.perMilli = CHUNK;
    TestFlow heavy = flow("heavy", 100);
    TestFlow light = flow("light").repeat();
    light.send(CHUNK);
    for (int i = 0; i < 500; i++) {
      heavy.send(CHUNK);
      pass(2);
    }
    assertThat(heavy.bytes).isEqualTo(500L * CHUNK);
    assertThat(light.bytes).isGreaterThan(160L * CHUNK);
  }

  @Test
  void nobodyWaitsForOneThatIsNoHeavier() {
    TestFlow slow = flow("slow", 10);
    TestFlow other = flow("other", 10);
    other.send(CHUNK);
    slow.send(CHUNK);
    other.send(CHUNK);
    assertThat(uplink.sent).hasSize(3);
  }

  @Test
  void timeWithoutWebSocketDoesNotCountAsTimeInWhichTurnsWereKept() {
    TestFlow heavy = flow("heavy", 100);
    TestFlow light = flow("light");
    for (int outage = 0; outage < 2; outage++) {
      light.send(CHUNK);
      heavy.send(CHUNK);
      uplink.sent.clear();
      light.send(CHUNK);
      assertThat(uplink.sent).isEmpty();
      outbox.detach();
      light.flow.discard();
      ticker.advance(1, HOURS);
      outbox.attach(uplink);
    }
  }

  @Test
  void nobodyWaitsForOneWhoseBufferWasNotFilled() {
    TestFlow heavy = flow("heavy", 100);
    TestFlow light = flow("light");
    light.send(CHUNK);
    heavy.send(4096, 4097);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(3);
  }

  @Test
  void nobodyWaitsForOneThatHasLeft() {
    TestFlow heavy = flow("heavy", 100);
    TestFlow light = flow("light");
    light.send(CHUNK);
    heavy.send(CHUNK);
    outbox.withdraw(heavy.flow);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(3);
  }

  @Test
  void keyStrokeDoesNotWaitForWhatItsConnectionSentBeforeARest() {
    TestFlow shell = flow("shell");
    shell.send(CHUNK);
    pass(1000);
    uplink.room = 0;
    flow("bulk").send(CHUNK);
    shell.send(64);
    uplink.room = Integer.MAX_VALUE;
    outbox.pump();
    assertThat(uplink.sent).endsWith("shell 64", "bulk " + CHUNK);
  }

  @Test
  void nothingIsScheduledWhereNothingWaits() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(1_000_000), 0));
    flow("bulk").send(CHUNK);
    pass(1000);
    assertNothingIsScheduled();
  }

  @Test
  void detachedOutboxSendsNothingAndKeepsNoTimer() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(100_000), 0));
    flow("bulk").repeat().send(CHUNK);
    assertThat(clock.runScheduledPendingTasks()).isPositive();
    outbox.detach();
    assertNothingIsScheduled();
    uplink.sent.clear();
    pass(1000);
    assertThat(uplink.sent).isEmpty();
  }

  /** There is no timer, due or not. */
  private void assertNothingIsScheduled() {
    assertThat(clock.runScheduledPendingTasks()).isEqualTo(-1);
  }

  /** The timer that lets bulk go on has nobody who would hear of an exception. */
  @Test
  void memoryThatRunsOutWhileBulkIsPacedEndsTheWebSocketAndNotTheOutbox() {
    Exhausted allocator = new Exhausted(2);
    outbox = outbox(new SendSettings(PaceSettings.fixed(1_000_000), 0), allocator);
    TestFlow bulk = flow("bulk");
    bulk.send(CHUNK);
    pass(1000);
    clock.runPendingTasks();
    assertThat(uplink.sent).hasSize(2);
    assertThat(uplink.failures).containsExactly(allocator.error());
    assertThat(clock.hasPendingTasks()).isFalse();

    uplink.sent.clear();
    bulk.flow.discard();
    outbox.attach(uplink);
    flow("next").send(64);
    assertThat(uplink.sent).containsExactly("next 64");
  }

  /** Its callers are in the midst of something, and must find everything as it was. */
  @Test
  void nothingFollowsAMessageThatIsMissingUntilThereIsAnotherWebSocket() {
    OutOfMemoryError error = new OutOfMemoryError("thrown by the test");
    uplink.broken = error;
    outbox.control(START);
    uplink.broken = null;
    outbox.control(START);
    flow("bulk").send(CHUNK);
    outbox.finishControl();
    assertThat(uplink.sent).isEmpty();
    assertThat(uplink.failures).containsExactly(error);

    clock.runPendingTasks();
    outbox.attach(uplink);
    outbox.control(START);
    assertThat(uplink.sent).containsExactly("STREAM_START");
  }

  @Test
  void whoSaysFarewellGoesOnAlthoughItCannotBeSaid() {
    uplink.room = 0;
    outbox.control(START);
    uplink.broken = new OutOfMemoryError("thrown by the test");
    outbox.finishControl();
    outbox.finishControl();
    assertThat(uplink.failures).hasSize(1);
  }

  private static int length(String sent) {
    return Integer.parseInt(sent.substring(sent.indexOf(' ') + 1));
  }
}
