// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder.Cumulator;

/**
 * Collects what was read for the JDK's TLS in buffers on the heap. That costs a copy and saves
 * more: memory outside the heap is decrypted in steps of a kilobyte, through arrays that it is
 * copied to. Keeps nothing, hence safe for any thread.
 */
final class HeapCumulator implements Cumulator {
  @Override
  public ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf collected, ByteBuf in) {
    try {
      int length = in.readableBytes();
      if (collected.hasArray() && collected.refCnt() == 1 && collected.isWritable(length)) {
        return collected.writeBytes(in);
      }
      ByteBuf next = allocator.heapBuffer(collected.readableBytes() + length);
      next.writeBytes(collected).writeBytes(in);
      collected.release();
      return next;
    } finally {
      in.release();
    }
  }
}
