// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.send.Flow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection of a stream, from when it is asked for until its local socket has
 * closed. What goes to the tunnel is its {@link Pickup}'s business, what comes from there its
 * {@link Delivery}'s. Event loop only.
 */
final class Connection {
  /** How long a local client may go on sending after it was told the end. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ServiceStream stream;
  private final int id;
  private final TunnelStreams streams;
  private final Traffic traffic;
  private final Pickup pickup;
  private final Flow flow;
  private final Delivery delivery;
  private ConnectionState state = ConnectionState.CONNECTING;
  private @Nullable Channel socket;
  private @Nullable Future<?> timer;
  private long finishedSince;

  Connection(TunnelStreams streams, ServiceStream stream, int id) {
    this.streams = streams;
    this.traffic = streams.traffic();
    this.stream = stream;
    this.id = id;
    this.pickup = new Pickup(traffic, this, stream);
    this.flow = pickup.flow();
    this.delivery = new Delivery(traffic, this);
  }

  int id() {
    return id;
  }

  Flow flow() {
    return flow;
  }

  // --- the local socket ---

  /** Connects it to its local socket, which must not be read from before. */
  void opened(Channel channel) {
    socket = channel;
    if (state == ConnectionState.CLOSED) {
      reset(channel);
      return;
    }
    if (channel.config() instanceof DuplexChannelConfig duplex) {
      duplex.setAllowHalfClosure(true);
    }
    if (state.isLive()) {
      state = ConnectionState.OPEN;
    }
    LOG.debug("{}: {}: open, local end {}", streams.name(), this, channel.remoteAddress());
    pickup.open(channel);
    delivery.open(channel);
    delivered();
    channel.read();
  }

  /** Ends it because its local application cannot be reached. */
  void unreachable() {
    if (state.isLive()) {
      streams.end(stream, this);
    }
    abort();
  }

  /** Ends it because its local socket has closed, or failed. */
  void socketClosed() {
    if (state.isLive()) {
      LOG.debug("{}: {}: closed by the local end", streams.name(), this);
      streams.end(stream, this);
    }
    abort();
  }

  /** The local end has finished sending, and all of it is on its way. */
  void inputFinished() {
    if (state == ConnectionState.LINGERING) {
      close();
    } else if (state == ConnectionState.OPEN) {
      halfClose();
    }
  }

  private void halfClose() {
    state = ConnectionState.HALF_CLOSED;
    finishedSince = traffic.now();
    Duration grace = streams.grace();
    if (grace.isZero() || socket == null || !socket.isOpen()) {
      finish();
    } else {
      timer = traffic.loop().schedule(this::checkIdle, grace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void checkIdle() {
    long idle = traffic.now() - lastActivity();
    long grace = streams.grace().toNanos();
    if (idle >= grace && delivery.isDone()) {
      finish();
    } else {
      long wait = idle < grace ? grace - idle : grace;
      timer = traffic.loop().schedule(this::checkIdle, wait, TimeUnit.NANOSECONDS);
    }
  }

  /** Returns whether the peer knows of it. */
  boolean isLive() {
    return state.isLive();
  }

  /** Returns whether its local socket is not connected yet. */
  boolean isConnecting() {
    return state == ConnectionState.CONNECTING;
  }

  boolean isClosed() {
    return state == ConnectionState.CLOSED;
  }

  /** Returns whether it only waits for the peer to finish, so that another may take its place. */
  boolean isHalfClosed() {
    return state == ConnectionState.HALF_CLOSED;
  }

  /** Returns whether the peer has ended it, and its local end has not taken everything yet. */
  boolean isDraining() {
    return state == ConnectionState.DRAINING;
  }

  /**
   * Returns whether another may take its place: all is delivered that has come, and it only waits
   * for somebody to finish, or the peer has ended it and the local end takes nothing.
   */
  boolean isSpare() {
    return switch (state) {
      case LINGERING -> true;
      case HALF_CLOSED -> delivery.isDone();
      case DRAINING ->
          traffic.now() - lastActivity() >= traffic.settings().stallTimeout().toNanos();
      default -> false;
    };
  }

  /** Ends it now, without waiting for an answer that may still come, or for its local end. */
  void giveWay() {
    switch (state) {
      case LINGERING -> close();
      case DRAINING -> stalled();
      default -> finish();
    }
  }

  /** Returns when it last had something to do, on the event loop's clock. */
  long lastActivity() {
    return Math.max(finishedSince, delivery.lastActivity());
  }

  /** Tells the peer the end, and delivers what is still here. */
  void finish() {
    streams.end(stream, this);
    drain();
  }

  // --- from the tunnel ---

  /** Writes a payload to the local socket; takes it over. */
  void deliver(ByteBuf payload) {
    traffic.outbox().received(flow, payload.readableBytes());
    delivery.accept(payload);
  }

  /** All that came has been written. */
  void delivered() {
    if (state == ConnectionState.DRAINING && delivery.isDone()) {
      linger();
    }
  }

  /** The peer has ended it: delivers what is still here, then closes. Nothing is answered. */
  void drain() {
    if (!state.isLive()) {
      return;
    }
    cancelTimer();
    pickup.stop();
    state = ConnectionState.DRAINING;
    finishedSince = traffic.now();
    traffic.budget().update(delivery);
    if (socket != null) {
      delivery.flush();
      delivered();
    } else if (delivery.isDone()) {
      close();
    }
  }

  /**
   * Announces the end and discards what the local end still sends: closing a socket with unread
   * bytes would reset it, and take from the client what it has not read yet.
   */
  private void linger() {
    Channel channel = socket;
    state = ConnectionState.LINGERING;
    finishedSince = traffic.now();
    if (pickup.isEnded() || !(channel instanceof DuplexChannel duplex)) {
      close();
      return;
    }
    duplex.shutdownOutput();
    timer = traffic.loop().schedule(this::close, LINGER.toNanos(), TimeUnit.NANOSECONDS);
    channel.read();
  }

  private void close() {
    finalState();
    if (socket != null) {
      socket.close();
    }
  }

  /** Ends it at once; what waits in either direction is lost, and the local end sees that. */
  void abort() {
    if (state != ConnectionState.CLOSED) {
      finalState();
      if (socket != null) {
        reset(socket);
      }
    }
  }

  /** Ends it because it holds up others. */
  void stalled() {
    if (state.isLive()) {
      streams.end(stream, this);
    }
    streams.reportStall(stream, this);
    abort();
  }

  private void finalState() {
    LOG.debug("{}: {}: closed", streams.name(), this);
    state = ConnectionState.CLOSED;
    cancelTimer();
    pickup.stop();
    delivery.discard();
    traffic.remove(this);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** Closes a channel with a TCP reset. */
  static void reset(Channel channel) {
    if (channel instanceof SocketChannel && channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.close();
  }

  @Override
  public String toString() {
    return stream.serviceId() + "/" + stream.streamId() + "/" + Integer.toUnsignedString(id);
  }
}
