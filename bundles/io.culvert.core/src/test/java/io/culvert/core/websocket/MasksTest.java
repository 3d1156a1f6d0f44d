// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  private static final int MASK = 0x01F2_83E4;
  private static final byte[] KEY = Frames.hex("01F283E4");

  /** Every length around whole words, at every place within a word. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytesAreMaskedAsTheStandardSays(boolean direct) {
    byte[] before = Frames.payload(120);
    ByteBuf buffer =
        direct
            ? PooledByteBufAllocator.DEFAULT.directBuffer(before.length)
            : PooledByteBufAllocator.DEFAULT.heapBuffer(before.length);
    for (int start = 0; start < 9; start++) {
      for (int length = 0; length < 100; length++) {
        buffer.clear().writeBytes(before);

        Masks.apply(MASK, buffer, start, length);

        byte[] expected = before.clone();
        for (int i = 0; i < length; i++) {
          expected[start + i] ^= KEY[i % 4];
        }
        assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(expected);
        assertThat(buffer.readerIndex()).isZero();
      }
    }
    buffer.release();
  }

  @Test
  void sliceIsMaskedWhereItIs() {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(40).writeBytes(new byte[40]);

    Masks.apply(MASK, buffer.slice(10, 20), 5, 5);

    assertThat(ByteBufUtil.hexDump(buffer))
        .isEqualTo("00".repeat(15) + "01f283e401" + "00".repeat(20));
    buffer.release();
  }

  @Test
  void keysAreThoseOfTheRandomSource() {
    Masks masks = new Masks(new Random(7));
    byte[] drawn = new byte[4096];
    Random same = new Random(7);
    for (int block = 0; block < 3; block++) {
      same.nextBytes(drawn);
      for (int i = 0; i < drawn.length; i += Masks.LENGTH) {
        assertThat(masks.next())
            .isEqualTo(
                drawn[i] << 24
                    | (drawn[i + 1] & 0xFF) << 16
                    | (drawn[i + 2] & 0xFF) << 8
                    | drawn[i + 3] & 0xFF);
      }
    }
  }

  @Test
  void keysOfTwoConnectionsAreNotAlike() {
    Masks one = new Masks();
    Masks other = new Masks();
    Set<Integer> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      keys.add(one.next());
      keys.add(other.next());
    }

    assertThat(keys).hasSizeGreaterThan(1990);
  }
}
