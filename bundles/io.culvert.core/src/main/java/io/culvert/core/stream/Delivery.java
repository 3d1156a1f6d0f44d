// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the tunnel brings for one local socket: kept until the socket is there, then written to it,
 * and on the tunnel's budget until the socket has taken it. Event loop only.
 */
final class Delivery {
  /**
   * The kernel's buffer of each local socket. Left alone it grows to megabytes, and then takes more
   * so seldom that a client which reads slowly but steadily looks stalled.
   */
  static final int SEND_BUFFER = 128 << 10;

  private static final int COPY_BELOW = 32 << 10;

  private final Traffic traffic;
  private final Connection connection;
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>();
  private @Nullable Channel socket;
  private boolean unflushed;
  private long lastActivity;
  private int held;
  private boolean full;
  private long blocked;

  /**
   * Makes an empty delivery.
   *
   * @param connection hears when all is written, and is reset if the socket stalls.
   */
  Delivery(Traffic traffic, Connection connection) {
    this.traffic = traffic;
    this.connection = connection;
  }

  /** Begins to write; what came before is written now. */
  void open(Channel channel) {
    socket = channel;
    for (ByteBuf payload = early.poll(); payload != null; payload = early.poll()) {
      write(channel, payload);
    }
    channel.flush();
  }

  /** Takes over a payload and writes it with the next {@link #flush()}. */
  void accept(ByteBuf payload) {
    lastActivity = traffic.now();
    ByteBuf kept = isWaiting() ? compact(payload) : payload;
    traffic.budget().take(this, kept.readableBytes());
    if (socket == null) {
      early.add(kept);
    } else {
      write(socket, kept);
      if (!unflushed) {
        unflushed = true;
        traffic.flushLater(this);
      }
    }
  }

  private boolean isWaiting() {
    return socket == null || held > 0;
  }

  /** A small slice that waits would keep its whole WebSocket message in memory. */
  private ByteBuf compact(ByteBuf payload) {
    if (payload.readableBytes() >= COPY_BELOW) {
      return payload;
    }
    try {
      return traffic.allocator().directBuffer(payload.readableBytes()).writeBytes(payload);
    } finally {
      payload.release();
    }
  }

  private void write(Channel channel, ByteBuf payload) {
    int bytes = payload.readableBytes();
    channel.write(payload).addListener(done -> written(bytes));
  }

  private void written(int bytes) {
    blocked = 0;
    lastActivity = traffic.now();
    traffic.budget().give(this, bytes);
    if (held == 0) {
      connection.delivered();
    }
  }

  /** Hands what was accepted to the socket, once for all messages of a read. */
  void flush() {
    unflushed = false;
    if (socket != null) {
      socket.flush();
    }
  }

  /** Drops what was never written; what was is dropped, and given back, by the channel's close. */
  void discard() {
    for (ByteBuf payload = early.poll(); payload != null; payload = early.poll()) {
      traffic.budget().give(this, payload.readableBytes());
      payload.release();
    }
  }

  /** Returns whether the socket has taken everything. */
  boolean isDone() {
    return held == 0;
  }

  /** Returns when bytes last came or were taken, on the event loop's clock. */
  long lastActivity() {
    return lastActivity;
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

  /** Returns whether more may come for the socket. */
  boolean mayGrow() {
    return connection.isLive();
  }

  /** Ends the connection because it holds up others. */
  void stalled() {
    connection.stalled();
  }
}
