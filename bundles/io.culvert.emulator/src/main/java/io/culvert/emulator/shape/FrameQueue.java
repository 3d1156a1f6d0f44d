// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tunnel frames in their order, each with the time from which on it may go. Owns them until they
 * are taken. Confined to the event loop.
 */
final class FrameQueue {
  private record Entry(ByteBuf frame, long readyAtNanos) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private int bytes;

  void add(ByteBuf frame, long readyAtNanos) {
    entries.add(new Entry(frame, readyAtNanos));
    bytes += frame.readableBytes();
  }

  void addFirst(ByteBuf frame, long readyAtNanos) {
    entries.addFirst(new Entry(frame, readyAtNanos));
    bytes += frame.readableBytes();
  }

  /** Returns the bytes of all frames. */
  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns how many bytes may go now; stops counting at the limit. */
  int readyBytes(long nowNanos, int limit) {
    int ready = 0;
    for (Entry entry : entries) {
      if (ready >= limit || entry.readyAtNanos() - nowNanos > 0) {
        break;
      }
      ready += entry.frame().readableBytes();
    }
    return Math.min(ready, limit);
  }

  /** Returns from when on the first frame may go. The queue must not be empty. */
  long firstReadyAt() {
    return entries.element().readyAtNanos();
  }

  /** Returns the bytes of the first frame that are left. The queue must not be empty. */
  int firstRemainder() {
    return entries.element().frame().readableBytes();
  }

  /** Takes bytes off the front; the caller owns the buffer. */
  ByteBuf take(int length, ByteBufAllocator allocator) {
    bytes -= length;
    ByteBuf first = entries.element().frame();
    if (first.readableBytes() == length) {
      return entries.remove().frame();
    }
    if (first.readableBytes() > length) {
      return first.readRetainedSlice(length);
    }
    ByteBuf taken = allocator.buffer(length, length);
    while (taken.isWritable()) {
      ByteBuf next = entries.element().frame();
      next.readBytes(taken, Math.min(next.readableBytes(), taken.writableBytes()));
      if (!next.isReadable()) {
        entries.remove().frame().release();
      }
    }
    return taken;
  }

  /** Releases everything. */
  void clear() {
    entries.forEach(entry -> entry.frame().release());
    entries.clear();
    bytes = 0;
  }
}
