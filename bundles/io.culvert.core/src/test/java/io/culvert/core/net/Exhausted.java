// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.net;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Gives a few buffers, and then none, as if memory had run out. Used by one thread. */
public final class Exhausted extends AbstractByteBufAllocator {
  private final OutOfMemoryError error = new OutOfMemoryError("thrown by the test");
  private int left;

  /**
   * Makes one.
   *
   * @param left how many buffers it gives.
   */
  public Exhausted(int left) {
    this.left = left;
  }

  /** Returns what it throws then. */
  public OutOfMemoryError error() {
    return error;
  }

  @Override
  protected ByteBuf newHeapBuffer(int capacity, int maxCapacity) {
    if (left == 0) {
      throw error;
    }
    left--;
    return Unpooled.buffer(capacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int capacity, int maxCapacity) {
    return newHeapBuffer(capacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }
}
