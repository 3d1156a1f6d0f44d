// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.MessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Receive buffers of one message's payload, with room before and behind for the message's head and
 * tail, so that a payload is never copied; one buffer per {@code read()}, so that no connection has
 * more than one chunk waiting.
 */
final class ChunkAllocator implements RecvByteBufAllocator {
  private final int chunkBytes;

  /**
   * Makes an allocator.
   *
   * @param chunkBytes the largest payload.
   */
  ChunkAllocator(int chunkBytes) {
    this.chunkBytes = chunkBytes;
  }

  @Override
  public Handle newHandle() {
    return new ChunkHandle(chunkBytes);
  }

  private static final class ChunkHandle implements ExtendedHandle {
    private final int chunkBytes;
    private int guess = 2048;
    private int attempted;
    private int last;

    private ChunkHandle(int chunkBytes) {
      this.chunkBytes = chunkBytes;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      int capacity = MessageEncoder.HEADROOM + guess;
      ByteBuf buffer = allocator.ioBuffer(capacity, capacity + MessageEncoder.TAILROOM);
      buffer.setIndex(MessageEncoder.HEADROOM, MessageEncoder.HEADROOM);
      return buffer;
    }

    @Override
    public int guess() {
      return guess;
    }

    @Override
    public void reset(ChannelConfig config) {
      last = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      // One buffer is one message: nothing to count.
    }

    /** Grows fast, so that bulk gets full chunks, and shrinks when reads stay small. */
    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
      if (bytes >= guess) {
        guess = Math.min(chunkBytes, guess * 8);
      } else if (bytes > 0 && bytes < guess / 16 && guess > 2048) {
        guess = Math.max(2048, guess / 2);
      }
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
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
    public void readComplete() {
      // The size of the next buffer was decided with the read.
    }
  }
}
