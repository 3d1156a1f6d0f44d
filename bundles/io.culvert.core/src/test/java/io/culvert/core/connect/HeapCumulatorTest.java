// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapCumulatorTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final HeapCumulator cumulator = new HeapCumulator();

  @AfterEach
  void nothingIsLeftAllocated() {
    assertThat(allocator.metric().usedHeapMemory()).isZero();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void firstBytesMoveToTheHeap() {
    ByteBuf in = direct("abc");

    ByteBuf collected = cumulator.cumulate(allocator, Unpooled.EMPTY_BUFFER, in);

    assertThat(collected.hasArray()).isTrue();
    assertThat(in.refCnt()).isZero();
    assertThat(drain(collected)).isEqualTo("abc");
  }

  @Test
  void bytesAreAddedWhereThereIsRoom() {
    ByteBuf collected = allocator.heapBuffer(8).writeBytes(bytes("abc"));

    assertThat(cumulator.cumulate(allocator, collected, direct("de"))).isSameAs(collected);
    assertThat(drain(collected)).isEqualTo("abcde");
  }

  @Test
  void whatIsReadAlreadyIsLeftBehindWhenThereIsNoRoom() {
    ByteBuf collected = cumulator.cumulate(allocator, Unpooled.EMPTY_BUFFER, direct("abc"));
    collected.skipBytes(2);

    ByteBuf next = cumulator.cumulate(allocator, collected, direct("de"));

    assertThat(collected.refCnt()).isZero();
    assertThat(next.capacity()).isEqualTo(3);
    assertThat(drain(next)).isEqualTo("cde");
  }

  @Test
  void sharedBytesAreNotAddedTo() {
    ByteBuf shared = allocator.heapBuffer(8).writeBytes(bytes("abc")).retain();

    ByteBuf next = cumulator.cumulate(allocator, shared, direct("de"));

    assertThat(next).isNotSameAs(shared);
    assertThat(shared.writerIndex()).isEqualTo(3);
    shared.release();
    assertThat(drain(next)).isEqualTo("abcde");
  }

  private ByteBuf direct(String text) {
    return allocator.directBuffer(text.length()).writeBytes(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String drain(ByteBuf buffer) {
    try {
      return buffer.toString(StandardCharsets.US_ASCII);
    } finally {
      buffer.release();
    }
  }
}
