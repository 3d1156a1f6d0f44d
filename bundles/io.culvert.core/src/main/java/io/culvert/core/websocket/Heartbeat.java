// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pings the service, measures the round trip, and notices silence. A service need not answer pings:
 * silence counts only where pongs had been coming, and not while we do not read. Event loop only;
 * first in the pipeline, so that it sees every byte.
 */
final class Heartbeat extends ChannelInboundHandlerAdapter {
  private static final int SILENT_PERIODS = 3;

  private final Channel channel;
  private final Consumer<Duration> roundTrip;
  private final Consumer<Duration> silent;
  private Duration period;
  private @Nullable Future<?> timer;
  private long lastReceived;
  private boolean answered;
  private boolean reading;

  Heartbeat(
      Channel channel, Duration period, Consumer<Duration> roundTrip, Consumer<Duration> silent) {
    this.channel = channel;
    this.period = period;
    this.roundTrip = roundTrip;
    this.silent = silent;
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

  private void beat() {
    long silence = now() - lastReceived;
    if (answered && reading && silence >= SILENT_PERIODS * period.toNanos()) {
      silent.accept(Duration.ofNanos(silence));
    } else {
      channel.writeAndFlush(
          new PingWebSocketFrame(channel.alloc().buffer(Long.BYTES).writeLong(now())));
    }
  }

  /** A pong has come, with what we put into the ping if it is the answer to one. */
  void pong(ByteBuf content) {
    answered = true;
    if (content.readableBytes() == Long.BYTES) {
      long took = now() - content.getLong(content.readerIndex());
      if (took >= 0) {
        roundTrip.accept(Duration.ofNanos(took));
      }
    }
  }

  private long now() {
    return channel.eventLoop().ticker().nanoTime();
  }
}
