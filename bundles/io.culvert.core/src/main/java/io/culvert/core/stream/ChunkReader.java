// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.MessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Receive buffers for one local socket: one chunk per read, with room for the head and tail of a
 * message around the payload, so that a payload is never copied. Belongs to one channel; event loop
 * only.
 */
final class ChunkReader implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
  private static final int SMALLEST = 2048;

  /** What all connections of a tunnel together may have read and not sent. */
  private static final int TOGETHER = 4 << 20;

  private final int chunkBytes;
  private IntSupplier waiting = () -> 0;
  private int guess;
  private int attempted;
  private int last;

  private ChunkReader(int chunkBytes) {
    this.chunkBytes = chunkBytes;
    this.guess = Math.min(SMALLEST, chunkBytes);
  }

  /**
   * Takes over the reading of a channel that has read nothing yet.
   *
   * @param chunkBytes the largest payload.
   */
  static void install(Channel channel, int chunkBytes) {
    channel.config().setAutoRead(false).setRecvByteBufAllocator(new ChunkReader(chunkBytes));
  }

  /**
   * Reads smaller chunks when many connections wait, as each of them holds one.
   *
   * @param waiting tells how many connections of the tunnel have a chunk that waits.
   */
  static void follow(Channel channel, IntSupplier waiting) {
    if (channel.config().getRecvByteBufAllocator() instanceof ChunkReader reader) {
      reader.waiting = waiting;
    }
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator allocator) {
    int capacity = MessageEncoder.HEADROOM + Math.min(guess, fairPart());
    ByteBuf buffer = allocator.ioBuffer(capacity, capacity + MessageEncoder.TAILROOM);
    return buffer.setIndex(MessageEncoder.HEADROOM, MessageEncoder.HEADROOM);
  }

  private int fairPart() {
    return Math.max(SMALLEST, TOGETHER / Math.max(1, waiting.getAsInt()));
  }

  /** Grows fast, so that bulk gets full chunks, and shrinks when reads stay small. */
  @Override
  public void lastBytesRead(int bytes) {
    last = bytes;
    if (bytes <= 0) {
      return;
    }
    if (bytes >= guess) {
      guess = Math.min(chunkBytes, guess * 8);
    } else if (bytes < guess / 16) {
      guess = Math.max(Math.min(SMALLEST, chunkBytes), guess / 2);
    }
  }

  @Override
  public int lastBytesRead() {
    return last;
  }

  @Override
  public int guess() {
    return guess;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attempted = Math.min(bytes, guess);
  }

  @Override
  public int attemptedBytesRead() {
    return attempted;
  }

  @Override
  public boolean continueReading() {
    return false;
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
    return false;
  }

  @Override
  @SuppressWarnings("deprecation") // Netty has not given the method's own type another name.
  public Handle newHandle() {
    return this;
  }

  @Override
  public void reset(ChannelConfig config) {
    last = 0;
  }

  @Override
  public void incMessagesRead(int count) {
    // One buffer is one chunk: nothing to count.
  }

  @Override
  public void readComplete() {
    // The size of the next buffer was decided with the read.
  }
}
