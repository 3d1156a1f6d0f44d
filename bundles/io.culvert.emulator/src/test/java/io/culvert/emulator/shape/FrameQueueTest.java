// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** Bytes come out in order in any cut, and every buffer is released. */
class FrameQueueTest {
  @Test
  void anyCutGivesTheSameBytesAndReleasesTheFrames() {
    for (int cut = 1; cut <= 9; cut++) {
      FrameQueue queue = new FrameQueue();
      ByteBuf first = Unpooled.copiedBuffer(new byte[] {1, 2, 3, 4});
      ByteBuf second = Unpooled.copiedBuffer(new byte[] {5, 6, 7, 8, 9});
      queue.add(first, 0);
      queue.add(second, 0);
      ByteBuf all = Unpooled.buffer();
      while (!queue.isEmpty()) {
        ByteBuf taken = queue.take(Math.min(cut, queue.bytes()), UnpooledByteBufAllocator.DEFAULT);
        all.writeBytes(taken);
        taken.release();
      }
      assertThat(all).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}));
      assertThat(first.refCnt()).isZero();
      assertThat(second.refCnt()).isZero();
      assertThat(queue.bytes()).isZero();
    }
  }

  @Test
  void framesAreReadyInTheirTimeAndOrder() {
    FrameQueue queue = new FrameQueue();
    queue.add(Unpooled.copiedBuffer(new byte[3]), 20);
    queue.add(Unpooled.copiedBuffer(new byte[5]), 10);
    assertThat(queue.readyBytes(15, 100)).as("an earlier frame is in the way").isZero();
    assertThat(queue.readyBytes(20, 100)).isEqualTo(8);
    assertThat(queue.readyBytes(20, 4)).isEqualTo(4);
    assertThat(queue.firstReadyAt()).isEqualTo(20);
    assertThat(queue.firstRemainder()).isEqualTo(3);
  }

  @Test
  void clearReleasesWhatIsLeft() {
    FrameQueue queue = new FrameQueue();
    ByteBuf frame = Unpooled.copiedBuffer(new byte[3]);
    queue.add(frame, 0);
    queue.take(1, UnpooledByteBufAllocator.DEFAULT).release();
    queue.clear();
    assertThat(frame.refCnt()).isZero();
    assertThat(queue.bytes()).isZero();
  }
}
