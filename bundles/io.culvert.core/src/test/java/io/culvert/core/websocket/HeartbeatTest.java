// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final Heartbeat heartbeat =
      new Heartbeat(channel, PERIOD, roundTrips::add, silences::add);

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

  private void answer() {
    ByteBuf content = Unpooled.copyLong(channel.eventLoop().ticker().nanoTime());
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
}
