// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.core.config.SendSettings;
import io.culvert.core.pace.PaceSettings;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** An outbox on a clock of its own; all that it was given must be released in the end. */
abstract class OutboxFixture {
  static final SendSettings UNPACED = new SendSettings(PaceSettings.OFF, 0);
  static final int CHUNK = 64_512;

  private static final byte[] PATTERN = new byte[CHUNK];

  static {
    for (int i = 0; i < CHUNK; i++) {
      PATTERN[i] = (byte) (i * 31 + (i >> 8));
    }
  }

  final MockTicker ticker = Ticker.newMockTicker();
  final EmbeddedChannel clock = EmbeddedChannel.builder().ticker(ticker).build();
  final List<TestFlow> flows = new ArrayList<>();
  final TestUplink uplink = new TestUplink();
  Outbox outbox = outbox(UNPACED);

  @AfterEach
  void everythingIsReleased() {
    flows.forEach(flow -> outbox.withdraw(flow.flow));
    assertThat(flows).allSatisfy(flow -> assertThat(flow.isReleased()).isTrue());
    outbox.detach();
    clock.close();
  }

  Outbox outbox(SendSettings settings) {
    return outbox(settings, UnpooledByteBufAllocator.DEFAULT);
  }

  Outbox outbox(SendSettings settings, ByteBufAllocator allocator) {
    Outbox made = new Outbox("test", clock.eventLoop(), allocator, settings);
    made.attach(uplink);
    return made;
  }

  /** Lets time pass, in steps in which the uplink takes what it can. */
  void pass(int millis) {
    for (int i = 0; i < millis; i++) {
      ticker.advance(1, TimeUnit.MILLISECONDS);
      clock.runScheduledPendingTasks();
      if (uplink.perMilli > 0) {
        uplink.room = Math.min(uplink.room + uplink.perMilli, 2 * CHUNK);
        outbox.pump();
      }
    }
  }

  TestFlow flow(String name) {
    TestFlow flow = new TestFlow(name);
    flows.add(flow);
    return flow;
  }

  TestFlow flow(String name, int weight) {
    TestFlow flow = flow(name);
    flow.share.set(weight, 0, ticker.nanoTime());
    return flow;
  }

  static ByteBuf pattern(int bytes) {
    return Unpooled.buffer(bytes).writeBytes(PATTERN, 0, bytes);
  }

  /** A connection that has something to send. */
  final class TestFlow implements Flow.Owner {
    final String name;
    final Share share = new Share();
    final Flow flow;
    final ByteBuf delivered = Unpooled.buffer();
    final List<ByteBuf> chunks = new ArrayList<>();
    boolean repeats;
    int emptied;
    long bytes;

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
      send(length, length);
    }

    /** Brings a chunk in a buffer in which there would have been room for so much. */
    void send(int length, int room) {
      ByteBuf chunk = pattern(length).capacity(room);
      // The last one is with the outbox until the next is asked for.
      assertThat(isReleased()).as("what %s sent before is released", name).isTrue();
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
      if (bytes <= CHUNK) {
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

  /** Takes what it has room for, which may grow with time. */
  final class TestUplink implements Uplink {
    final List<String> sent = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    @Nullable Error broken;
    final List<Throwable> failures = new ArrayList<>();
    int perMilli;
    long bytes;

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
      if (broken != null) {
        message.release();
        throw broken;
      }
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
    public void failed(Throwable cause) {
      failures.add(cause);
      clock.eventLoop().execute(outbox::detach);
    }

    @Override
    public void setReading(boolean reading) {
      throw new UnsupportedOperationException();
    }
  }
}
