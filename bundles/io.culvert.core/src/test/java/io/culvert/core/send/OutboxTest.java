// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.culvert.core.config.SendSettings;
import io.culvert.core.pace.PaceSettings;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final SendSettings UNPACED = new SendSettings(PaceSettings.OFF, 0);
  private static final int CHUNK = 64_512;

  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel clock = EmbeddedChannel.builder().ticker(ticker).build();
  private final List<TestFlow> flows = new ArrayList<>();
  private final TestUplink uplink = new TestUplink();
  private Outbox outbox = outbox(UNPACED);

  @AfterEach
  void everythingIsReleased() {
    flows.forEach(flow -> outbox.withdraw(flow.flow));
    assertThat(flows).allSatisfy(flow -> assertThat(flow.isReleased()).isTrue());
    outbox.detach();
    clock.close();
  }

  @Test
  void controlMessagesGoAheadOfEverything() {
    uplink.room = 0;
    TestFlow bulk = flow("bulk");
    TestFlow key = flow("key");
    bulk.send(CHUNK);
    key.send(1);
    outbox.control(TunnelMessage.control(MessageType.STREAM_START, "SSH", 1, 1));
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
    assertThat(uplink.bytes).isCloseTo(9_500_000, withinPercentage(1));
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
  void tunnelStaysBelowItsRateLimit() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 500_000));
    flow("one").repeat().send(CHUNK);
    flow("two").repeat().send(CHUNK);
    pass(10_000);
    assertThat(uplink.bytes).isCloseTo(5_000_000, withinPercentage(1));
  }

  @Test
  void manySmallThingsDoNotGetAroundALimit() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 10_000));
    TestFlow lines = flow("lines");
    for (int i = 0; i < 30_000; i++) {
      if (lines.flow.isEmpty()) {
        lines.send(1000);
      }
      pass(1);
    }
    assertThat(uplink.bytes).isBetween(290_000L, 330_000L);
  }

  @Test
  void bulkThatWaitsForALimitDoesNotWaitForThePacer() {
    outbox = outbox(new SendSettings(PaceSettings.AUTO, 500_000));
    flow("bulk").repeat().send(CHUNK);
    pass(5000);
    assertThat(outbox.status().limited()).isFalse();
    assertThat(outbox.status().pacing()).isEqualTo("RAMP");
  }

  @Test
  void limitOfOneServiceLeavesTheOthersAlone() {
    uplink.room = 0;
    uplink.perMilli = 1000;
    TestFlow limited = flow("limited").repeat();
    TestFlow free = flow("free").repeat();
    limited.share.set(1, 100_000, ticker.nanoTime());
    limited.send(CHUNK);
    free.send(CHUNK);
    pass(10_000);
    assertThat(limited.bytes).isCloseTo(1_000_000, withinPercentage(2));
    assertThat(free.bytes).isCloseTo(9_000_000, withinPercentage(2));
  }

  @Test
  void limitsMayChangeAndGo() {
    outbox = outbox(new SendSettings(PaceSettings.OFF, 100_000));
    flow("bulk").repeat().send(CHUNK);
    pass(1000);
    outbox.follow(new SendSettings(PaceSettings.OFF, 1_000_000));
    pass(1000);
    assertThat(uplink.bytes).isCloseTo(1_100_000, withinPercentage(2));
    uplink.room = 100 * CHUNK;
    outbox.follow(UNPACED);
    assertThat(uplink.room).isNotPositive();
  }

  @Test
  void whoWaitsForALimitThatIsLiftedGoesOnAtOnce() {
    TestFlow limited = flow("limited");
    limited.share.set(1, 10_000, ticker.nanoTime());
    limited.send(CHUNK);
    pass(10);
    limited.share.set(1, 0, ticker.nanoTime());
    outbox.follow(UNPACED);
    assertThat(limited.bytes).isEqualTo(CHUNK);
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

  @Test
  void weightsDivideTheLoopWhereTheUplinkTakesEverything() {
    List<TestFlow> three = List.of(flow("one"), flow("two"), flow("four"));
    for (int i = 0; i < three.size(); i++) {
      three.get(i).share.set(1 << i, 0, ticker.nanoTime());
    }
    for (int round = 0; round < 2000; round++) {
      three.stream().filter(flow -> flow.flow.isEmpty()).forEach(flow -> flow.send(CHUNK));
    }
    assertThat(three.get(1).bytes).isCloseTo(2 * three.get(0).bytes, withinPercentage(3));
    assertThat(three.get(2).bytes).isCloseTo(4 * three.get(0).bytes, withinPercentage(3));
  }

  @Test
  void nobodyWaitsForLongForOneThatIsAway() {
    TestFlow heavy = flow("heavy");
    TestFlow light = flow("light");
    heavy.share.set(100, 0, ticker.nanoTime());
    light.send(CHUNK);
    heavy.send(CHUNK);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(2);
    pass(1);
    assertThat(uplink.sent).hasSize(3);
    light.send(CHUNK);
    assertThat(uplink.sent).hasSize(4);
  }

  @Test
  void nothingIsScheduledWhereNothingWaits() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(1_000_000), 0));
    flow("bulk").send(CHUNK);
    pass(1000);
    assertThat(clock.hasPendingTasks()).isFalse();
  }

  @Test
  void detachedOutboxSendsNothingAndKeepsNoTimer() {
    outbox = outbox(new SendSettings(PaceSettings.fixed(100_000), 0));
    flow("bulk").repeat().send(CHUNK);
    outbox.detach();
    uplink.sent.clear();
    pass(1000);
    assertThat(uplink.sent).isEmpty();
    assertThat(clock.hasPendingTasks()).isFalse();
  }

  private Outbox outbox(SendSettings settings) {
    Outbox made = new Outbox("test", clock.eventLoop(), UnpooledByteBufAllocator.DEFAULT, settings);
    made.attach(uplink);
    return made;
  }

  /** Lets time pass, in steps in which the uplink takes what it can. */
  private void pass(int millis) {
    for (int i = 0; i < millis; i++) {
      ticker.advance(1, TimeUnit.MILLISECONDS);
      clock.runScheduledPendingTasks();
      if (uplink.perMilli > 0) {
        uplink.room = Math.min(uplink.room + uplink.perMilli, 2 * CHUNK);
        outbox.pump();
      }
    }
  }

  private TestFlow flow(String name) {
    TestFlow flow = new TestFlow(name);
    flows.add(flow);
    return flow;
  }

  private static int length(String sent) {
    return Integer.parseInt(sent.substring(sent.indexOf(' ') + 1));
  }

  private static ByteBuf pattern(int bytes) {
    ByteBuf pattern = Unpooled.buffer(bytes);
    for (int i = 0; i < bytes; i++) {
      pattern.writeByte(i * 31 + (i >> 8));
    }
    return pattern;
  }

  private final class TestFlow implements Flow.Owner {
    private final String name;
    private final Share share = new Share();
    private final Flow flow;
    private final ByteBuf delivered = Unpooled.buffer();
    private final List<ByteBuf> chunks = new ArrayList<>();
    private boolean repeats;
    private int emptied;
    private long bytes;

    TestFlow(String name) {
      this.name = name;
      this.flow = outbox.newFlow(this);
    }

    /** Makes it bring the same chunk again and again. */
    TestFlow repeat() {
      repeats = true;
      return this;
    }

    void send(int length) {
      ByteBuf chunk = pattern(length);
      chunks.clear();
      chunks.add(chunk);
      outbox.offer(flow, chunk);
    }

    boolean isReleased() {
      return chunks.stream().allMatch(chunk -> chunk.refCnt() == 0);
    }

    @Override
    public TunnelMessage message(ByteBuf payload) {
      bytes += payload.readableBytes();
      if (!repeats) {
        delivered.writeBytes(payload.duplicate());
      }
      return TunnelMessage.data(name, 1, 1, payload);
    }

    @Override
    public void emptied() {
      emptied++;
      if (repeats) {
        clock.eventLoop().execute(() -> send(CHUNK));
        clock.runPendingTasks();
      }
    }

    @Override
    public Share share() {
      return share;
    }
  }

  private static final class TestUplink implements Uplink {
    private final List<String> sent = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private int perMilli;
    private long bytes;

    @Override
    public boolean isWritable() {
      return room > 0;
    }

    @Override
    public void setUnsentLimit(int limit) {
      assertThat(limit).isPositive();
    }

    @Override
    public long unsentBytes() {
      return room > 0 ? 0 : CHUNK;
    }

    @Override
    public int write(TunnelMessage message) {
      int length = message.payload().readableBytes();
      boolean data = message.type() == MessageType.DATA;
      sent.add(data ? message.serviceId() + " " + length : message.type().name());
      bytes += length;
      room -= length;
      message.release();
      return length;
    }

    @Override
    public void flush() {
      // What is written is with the test already.
    }

    @Override
    public void setReading(boolean reading) {
      throw new UnsupportedOperationException();
    }
  }
}
