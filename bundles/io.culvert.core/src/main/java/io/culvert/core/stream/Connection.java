// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a stream and its local socket. Reads a chunk from the socket only when the one
 * before has gone to the tunnel; writes what the tunnel brings, within the tunnel's budget. Event
 * loop only.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** How long a local client may go on sending after it was told the end. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private static final int COPY_BELOW = 32 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Where a connection is in its life. The tunnel knows of it only while it is live. */
  private enum State {
    /** The local connect is under way; what the tunnel brings is kept. */
    CONNECTING,
    /** Bytes flow both ways. */
    OPEN,
    /** The local end has finished sending; what the tunnel brings is still delivered. */
    HALF_CLOSED,
    /** The tunnel is done with it; what it brought is still being written. */
    DRAINING,
    /** All is written and the end is announced; waiting for the local end to close. */
    LINGERING,
    CLOSED
  }

  private final ServiceStream stream;
  private final int id;
  private final TunnelStreams streams;
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
  private State state = State.CONNECTING;
  private @Nullable Channel socket;
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(1);
  private @Nullable Future<?> timer;
  private boolean inputEnded;
  private boolean failed;
  private boolean unflushed;
  private long lastActivity;
  private int held;
  private boolean full;
  private long blocked;

  Connection(TunnelStreams streams, ServiceStream stream, int id) {
    this.streams = streams;
    this.stream = stream;
    this.id = id;
  }

  int id() {
    return id;
  }

  // --- the local socket ---

  /** Connects it to its local socket, which must not be read from before. */
  void opened(Channel channel) {
    socket = channel;
    if (state == State.CLOSED) {
      reset(channel);
      return;
    }
    if (channel.config() instanceof DuplexChannelConfig duplex) {
      duplex.setAllowHalfClosure(true);
    }
    channel.pipeline().addLast("connection", this);
    for (ByteBuf payload = early.poll(); payload != null; payload = early.poll()) {
      write(payload);
    }
    channel.flush();
    if (state == State.DRAINING) {
      lingerWhenWritten();
    } else {
      state = State.OPEN;
    }
    ChunkReader.read(channel);
  }

  /** Ends it because its local application cannot be reached. */
  void unreachable() {
    if (isLive()) {
      streams.end(stream, this);
    }
    abort();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (isLive() && bytes.isReadable()) {
      lastActivity = now();
      chunks.add(bytes);
      if (chunks.size() == 1) {
        streams.outbox().offer(this);
      }
    } else {
      bytes.release();
      ChunkReader.read(ctx.channel());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      if (state == State.LINGERING) {
        close();
      } else if (chunks.isEmpty()) {
        inputFinished();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!chunks.isEmpty() && !failed) {
      // A channel that cannot be half closed has ended, but what it sent before is still here.
      inputEnded = true;
      return;
    }
    if (isLive()) {
      LOG.debug("{}: {}: closed by the local end", streams.name(), this);
      streams.end(stream, this);
    }
    abort();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: {}: {}", streams.name(), this, cause.toString());
    failed = true;
    ctx.close();
  }

  // --- to the tunnel ---

  /**
   * Returns how many chunks wait for the tunnel: one, or two when a socket in error was emptied.
   */
  int chunks() {
    return chunks.size();
  }

  /** Hands out the chunk that waits, as a message. */
  TunnelMessage takeChunk() {
    ByteBuf payload = chunks.remove();
    stream.sent(payload.readableBytes());
    return stream.data(id, payload);
  }

  /** Goes on after its chunk is on its way. */
  void chunkSent() {
    if (!chunks.isEmpty()) {
      streams.outbox().offer(this);
    } else if (inputEnded) {
      inputFinished();
    } else if (socket != null) {
      ChunkReader.read(socket);
    }
  }

  private void inputFinished() {
    if (state != State.OPEN) {
      return;
    }
    state = State.HALF_CLOSED;
    lastActivity = now();
    Duration grace = streams.grace();
    if (grace.isZero() || socket == null || !socket.isOpen()) {
      finish();
    } else {
      timer = streams.loop().schedule(this::checkIdle, grace.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void checkIdle() {
    long left = streams.grace().toNanos() - (now() - lastActivity);
    if (left <= 0 && held == 0) {
      finish();
    } else {
      timer =
          streams.loop().schedule(this::checkIdle, Math.max(left, 1_000_000), TimeUnit.NANOSECONDS);
    }
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Returns whether it only waits for the peer to finish, so that another may take its place. */
  boolean isHalfClosed() {
    return state == State.HALF_CLOSED;
  }

  /** Tells the peer the end, and delivers what is still here. */
  void finish() {
    streams.end(stream, this);
    drain();
  }

  // --- from the tunnel ---

  /** Writes a payload to the local socket; takes it over. */
  void deliver(ByteBuf payload) {
    lastActivity = now();
    if ((socket == null || held > 0) && payload.readableBytes() < COPY_BELOW) {
      // A small slice that waits would keep its whole WebSocket message in memory.
      ByteBuf copy = streams.allocator().directBuffer(payload.readableBytes());
      copy.writeBytes(payload);
      payload.release();
      payload = copy;
    }
    streams.budget().take(this, payload.readableBytes());
    if (socket == null) {
      early.add(payload);
    } else {
      write(payload);
      if (!unflushed) {
        unflushed = true;
        streams.flushLater(this);
      }
    }
  }

  private void write(ByteBuf payload) {
    int bytes = payload.readableBytes();
    socket
        .write(payload)
        .addListener(
            done -> {
              streams.budget().give(this, bytes);
              blocked = 0;
              lastActivity = now();
              if (state == State.DRAINING && held == 0) {
                linger();
              }
            });
  }

  /** Hands what was delivered to the socket, once for all messages of a read. */
  void flush() {
    unflushed = false;
    if (socket != null) {
      socket.flush();
    }
  }

  /** The peer has ended it: delivers what is still here, then closes. Nothing is answered. */
  void drain() {
    cancelTimer();
    dropChunks();
    if (state == State.DRAINING || state == State.LINGERING || state == State.CLOSED) {
      return;
    }
    state = State.DRAINING;
    if (socket != null) {
      flush();
      lingerWhenWritten();
    } else if (early.isEmpty()) {
      close();
    }
  }

  private void lingerWhenWritten() {
    if (held == 0 && state == State.DRAINING) {
      linger();
    }
  }

  /**
   * Announces the end and discards what the local end still sends: closing a socket with unread
   * bytes would reset it, and take from the client what it has not read yet.
   */
  private void linger() {
    Channel channel = socket;
    state = State.LINGERING;
    if (inputEnded || !(channel instanceof DuplexChannel duplex)) {
      close();
      return;
    }
    duplex.shutdownOutput();
    timer = streams.loop().schedule(this::close, LINGER.toNanos(), TimeUnit.NANOSECONDS);
    ChunkReader.read(channel);
  }

  private void close() {
    finalState();
    if (socket != null) {
      socket.close();
    }
  }

  /** Ends it at once; what waits in either direction is lost, and the local end sees that. */
  void abort() {
    if (state != State.CLOSED) {
      finalState();
      if (socket != null) {
        reset(socket);
      }
    }
  }

  /** Ends it because it holds up others. */
  void stalled() {
    if (isLive()) {
      streams.end(stream, this);
    }
    streams.reportStall(stream, this);
    abort();
  }

  private void finalState() {
    state = State.CLOSED;
    cancelTimer();
    dropChunks();
    for (ByteBuf payload = early.poll(); payload != null; payload = early.poll()) {
      streams.budget().give(this, payload.readableBytes());
      payload.release();
    }
    streams.gone(this);
  }

  private void dropChunks() {
    if (!chunks.isEmpty()) {
      streams.outbox().withdraw(this);
      chunks.forEach(ByteBuf::release);
      chunks.clear();
    }
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

  private boolean isLive() {
    return state == State.CONNECTING || state == State.OPEN || state == State.HALF_CLOSED;
  }

  private long now() {
    return streams.loop().ticker().nanoTime();
  }

  // --- accounts of the budget and the stall watch ---

  /** Changes what waits for the socket; returns it. */
  int hold(int change) {
    held += change;
    return held;
  }

  int held() {
    return held;
  }

  boolean isFull() {
    return full;
  }

  void setFull(boolean full) {
    this.full = full;
  }

  /** Adds to the time that it held up others since its last progress; returns it. */
  long blockedFor(long nanos) {
    blocked += nanos;
    return blocked;
  }

  @Override
  public String toString() {
    return stream.serviceId() + "/" + stream.streamId() + "/" + Integer.toUnsignedString(id);
  }
}
