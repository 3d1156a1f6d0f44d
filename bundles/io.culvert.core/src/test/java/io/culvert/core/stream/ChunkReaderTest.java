// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {
  private static final int CHUNK = 63 * 1024;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int waiting;

  @AfterEach
  void close() {
    channel.close();
  }

  @Test
  void growsToFullChunksWithBulk() {
    RecvByteBufAllocator.Handle reader = reader();

    assertThat(readFull(reader)).isEqualTo(2048);
    assertThat(readFull(reader)).isEqualTo(8 * 2048);
    assertThat(readFull(reader)).isEqualTo(CHUNK);
    assertThat(readFull(reader)).isEqualTo(CHUNK);
  }

  @Test
  void connectionsThatWaitTogetherHoldAFewMebibytes() {
    RecvByteBufAllocator.Handle reader = reader();
    grow(reader);

    for (int connections : new int[] {64, 65, 500, 1024}) {
      waiting = connections;
      assertThat((long) connections * readFull(reader)).isLessThanOrEqualTo(4 << 20);
    }
  }

  @Test
  void fullChunksComeBackWhenTheCrowdHasGone() {
    RecvByteBufAllocator.Handle reader = reader();
    grow(reader);
    waiting = 500;
    readFull(reader);

    waiting = 3;

    assertThat(readFull(reader)).isEqualTo(CHUNK);
  }

  @Test
  void noCrowdMakesChunksUseless() {
    RecvByteBufAllocator.Handle reader = reader();
    waiting = 65_535;

    assertThat(readFull(reader)).isEqualTo(2048);
  }

  private RecvByteBufAllocator.Handle reader() {
    ChunkReader.install(channel, CHUNK);
    ChunkReader.follow(channel, () -> waiting);
    return channel.config().getRecvByteBufAllocator().newHandle();
  }

  private static void grow(RecvByteBufAllocator.Handle reader) {
    for (int i = 0; i < 3; i++) {
      readFull(reader);
    }
  }

  /** Returns the payload that a read had room for, and used. */
  private static int readFull(RecvByteBufAllocator.Handle reader) {
    ByteBuf buffer = reader.allocate(UnpooledByteBufAllocator.DEFAULT);
    int room = buffer.writableBytes();
    buffer.release();
    reader.lastBytesRead(room);
    return room;
  }
}
