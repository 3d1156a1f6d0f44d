// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.core.net.Exhausted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of its own: each beat passes one period. */
class HeartbeatTest {
  private static final Duration PERIOD = Duration.ofSeconds(20);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Duration> roundTrips = new ArrayList<>();
  private final List<Duration> silences = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private boolean pathIsDead;
  private final Heartbeat heartbeat =
      new Heartbeat(
          channel, PERIOD, roundTrips::add, silences::add, this::isPathDead, failures::add);

  @BeforeEach
  void start() {
    channel.freezeTime();
    channel.pipeline().addFirst(heartbeat);
    heartbeat.start();
    heartbeat.setReading(true);
  }

  @AfterEach
  void stop() {
    heartbeat.stop();
    pass(PERIOD);
    assertThat((Object) channel.readOutbound()).as("a ping after the end").isNull();
    channel.finishAndReleaseAll();
  }

  /** A timer of an event loop that throws ends without a word. */
  @Test
  void tellsThatAPingCannotBeMadeAndBeatsOn() {
    Exhausted exhausted = new Exhausted(0);
    ByteBufAllocator allocator = channel.alloc();
    channel.config().setAllocator(exhausted);
    pass(PERIOD);
    assertThat(failures).containsExactly(exhausted.error());

    channel.config().setAllocator(allocator);
    pass(PERIOD);
    PingWebSocketFrame ping = channel.readOutbound();
    assertThat(ping).isNotNull();
    ping.release();
  }

  @Test
  void pingsOnceInAPeriodAndMeasuresTheRoundTrip() {
    pass(PERIOD.minusMillis(1));
    assertThat((Object) channel.readOutbound()).isNull();
    pass(Duration.ofMillis(1));
    PingWebSocketFrame ping = channel.readOutbound();

    pass(Duration.ofMillis(150));
    heartbeat.pong(ping.content());
    ping.release();

    assertThat(roundTrips).containsExactly(Duration.ofMillis(150));
  }

  @Test
  void pongsThatAnswerNothingAreNoMeasure() {
    heartbeat.pong(Unpooled.EMPTY_BUFFER);
    heartbeat.pong(Unpooled.copyLong(Long.MAX_VALUE));
    heartbeat.pong(Unpooled.copyLong(Long.MAX_VALUE, 0));

    assertThat(roundTrips).isEmpty();
  }

  @Test
  void silenceCountsAfterThreePeriodsOncePongsHaveCome() {
    answer();
    beat(2);
    assertThat(silences).isEmpty();
    beat(1);

    assertThat(silences).hasSize(1);
    assertThat(silences.get(0)).isGreaterThanOrEqualTo(PERIOD.multipliedBy(3));
  }

  @Test
  void anyByteBreaksTheSilence() {
    answer();
    for (int i = 0; i < 10; i++) {
      beat(1);
      channel.writeInbound(Unpooled.copyInt(i));
    }

    assertThat(silences).isEmpty();
  }

  @Test
  void aServiceThatNeverAnswersIsNotSilent() {
    beat(100);

    assertThat(silences).isEmpty();
  }

  @Test
  void silenceDoesNotCountWhileNothingIsRead() {
    answer();
    heartbeat.setReading(false);
    beat(100);
    assertThat(silences).isEmpty();

    heartbeat.setReading(true);
    beat(2);
    assertThat(silences).isEmpty();
    beat(2);
    assertThat(silences).isNotEmpty();
  }

  /** The service takes nothing, as the other end does not: our pings wait behind our data. */
  @Test
  void silenceDoesNotCountWhileTheChannelTakesNoMore() {
    answer();
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    unsent.setUserDefinedWritability(1, false);
    beat(100);
    assertThat(silences).isEmpty();

    unsent.setUserDefinedWritability(1, true);
    beat(1);
    assertThat(silences).isNotEmpty();
  }

  /** The service has taken it all, and our pings with it, and passes it on slowly. */
  @Test
  void silenceDoesNotCountBehindMuchThatWasSent() {
    answer();
    heartbeat.sent(Heartbeat.AHEAD + 1);
    beat(100);

    assertThat(silences).isEmpty();
  }

  @Test
  void whatWasSentBeforeAPingThatIsAnsweredIsAheadOfNothing() {
    heartbeat.sent(Heartbeat.AHEAD + 1);
    pass(PERIOD);
    PingWebSocketFrame ping = channel.readOutbound();
    heartbeat.sent(Heartbeat.AHEAD);
    heartbeat.pong(ping.content());
    ping.release();

    beat(2);
    assertThat(silences).hasSize(1);
  }

  @Test
  void whatWasSentBehindAPingThatIsAnsweredMayBeAheadOfTheNext() {
    pass(PERIOD);
    PingWebSocketFrame ping = channel.readOutbound();
    heartbeat.sent(Heartbeat.AHEAD + 1);
    heartbeat.pong(ping.content());
    ping.release();

    beat(100);
    assertThat(silences).isEmpty();
  }

  @Test
  void silenceBehindMuchThatWasSentCountsIfThePathIsDead() {
    answer();
    heartbeat.sent(Heartbeat.AHEAD + 1);
    pathIsDead = true;
    beat(2);
    assertThat(silences).isEmpty();
    beat(1);

    assertThat(silences).hasSize(1);
  }

  @Test
  void onePingWaitsAtMost() {
    channel.pipeline().addFirst(new Stuck());
    beat(100);

    assertThat(channel.pipeline().get(Stuck.class).waiting).hasSize(1);
    channel.pipeline().remove(Stuck.class);
    channel.releaseOutbound();
  }

  @Test
  void anotherPeriodCountsFromNowOn() {
    answer();
    pass(PERIOD.minusMillis(1));
    heartbeat.every(PERIOD.dividedBy(20));

    pass(PERIOD.dividedBy(20));
    PingWebSocketFrame ping = channel.readOutbound();
    assertThat(ping).isNotNull();
    ping.release();
    assertThat(silences).as("what was no silence before").isEmpty();
  }

  @Test
  void theSamePeriodChangesNothing() {
    pass(PERIOD.minusMillis(1));
    heartbeat.every(PERIOD);
    pass(Duration.ofMillis(1));
    PingWebSocketFrame ping = channel.readOutbound();
    assertThat(ping).isNotNull();
    ping.release();
  }

  private boolean isPathDead(Duration limit) {
    assertThat(limit).isEqualTo(PERIOD.multipliedBy(3));
    return pathIsDead;
  }

  private void answer() {
    ByteBuf content = Unpooled.copyLong(channel.eventLoop().ticker().nanoTime(), 0);
    heartbeat.pong(content);
    content.release();
  }

  private void beat(int periods) {
    for (int i = 0; i < periods; i++) {
      pass(PERIOD);
      PingWebSocketFrame ping = channel.readOutbound();
      if (ping != null) {
        ping.release();
      }
    }
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
  }

  /** Keeps what is written until it is removed. */
  private static final class Stuck extends ChannelOutboundHandlerAdapter {
    private final Map<Object, ChannelPromise> waiting = new LinkedHashMap<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      waiting.put(message, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      waiting.forEach(ctx::write);
      ctx.flush();
    }
  }
}
