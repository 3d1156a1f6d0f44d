// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pings the service, measures the round trip, and notices silence. A service need not answer pings:
 * silence counts only where pongs had been coming, and not while we do not read. Where much of ours
 * may be ahead of a ping, the service need not have got it: there silence counts only if the path
 * is dead. Event loop only; first in the pipeline, so that it sees every byte.
 */
final class Heartbeat extends ChannelInboundHandlerAdapter {
  private static final int SILENT_PERIODS = 3;

  /** What may be ahead of a ping that is answered in time on every link worth the name. */
  static final int AHEAD = 16 << 10;

  private final Channel channel;
  private final Consumer<Duration> roundTrip;
  private final Consumer<Duration> silent;
  private final Predicate<Duration> pathIsDead;
  private final Consumer<Throwable> failed;
  private Duration period;
  private @Nullable Future<?> timer;
  private @Nullable ChannelFuture lastPing;
  private long lastReceived;
  private long sent;

  /** What had been sent before the ping that was answered last. */
  private long arrived;

  private boolean answered;
  private boolean reading;

  /**
   * Makes one that has not begun.
   *
   * @param period time between pings.
   * @param roundTrip hears how long an answer took.
   * @param silent hears that the service is silent, and for how long.
   * @param pathIsDead tells whether nothing was acknowledged for a time, although bytes are stuck.
   * @param failed hears that no ping can be made: without pings nobody would notice silence.
   */
  Heartbeat(
      Channel channel,
      Duration period,
      Consumer<Duration> roundTrip,
      Consumer<Duration> silent,
      Predicate<Duration> pathIsDead,
      Consumer<Throwable> failed) {
    this.channel = channel;
    this.period = period;
    this.roundTrip = roundTrip;
    this.silent = silent;
    this.pathIsDead = pathIsDead;
    this.failed = failed;
  }

  void start() {
    lastReceived = now();
    timer =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                this::beat, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Changes the time between pings; silence counts from now on. */
  void every(Duration other) {
    if (!other.equals(period)) {
      period = other;
      stop();
      start();
    }
  }

  void setReading(boolean reading) {
    this.reading = reading;
    lastReceived = now();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    lastReceived = now();
    ctx.fireChannelRead(message);
  }

  /** Notes what is sent: a later ping can only be answered behind it. */
  void sent(int bytes) {
    sent += bytes;
  }

  /** What an event loop's timer throws ends it, and nobody hears of it. */
  private void beat() {
    try {
      pingOrGiveUp();
    } catch (RuntimeException | OutOfMemoryError e) {
      failed.accept(e);
    }
  }

  private void pingOrGiveUp() {
    long silence = now() - lastReceived;
    if (answered && reading && isTooLong(silence)) {
      silent.accept(Duration.ofNanos(silence));
    } else if (lastPing == null || lastPing.isDone()) {
      ByteBuf content = channel.alloc().buffer(2 * Long.BYTES).writeLong(now()).writeLong(sent);
      lastPing = channel.writeAndFlush(new PingWebSocketFrame(content));
    }
  }

  private boolean isTooLong(long silence) {
    Duration limit = period.multipliedBy(SILENT_PERIODS);
    return silence >= limit.toNanos() && (!isStuck() || pathIsDead.test(limit));
  }

  /** Returns whether the service may be silent just because our pings have not come through. */
  private boolean isStuck() {
    return !channel.isWritable()
        || lastPing != null && !lastPing.isDone()
        || sent - arrived > AHEAD;
  }

  /** A pong has come, with what we put into the ping if it is the answer to one. */
  void pong(ByteBuf content) {
    answered = true;
    if (content.readableBytes() == 2 * Long.BYTES) {
      long took = now() - content.getLong(content.readerIndex());
      if (took >= 0) {
        arrived = content.getLong(content.readerIndex() + Long.BYTES);
        roundTrip.accept(Duration.ofNanos(took));
      }
    }
  }

  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
