// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.security.SecureRandom;
import java.util.Random;

/**
 * Masking keys that nobody can foresee, drawn in blocks as each draw is costly; and masking with
 * them. Confined to one thread.
 */
final class Masks {
  /** The bytes of a masking key. */
  static final int LENGTH = Integer.BYTES;

  private static final int BLOCK = 4096;

  private final Random random;
  private final byte[] block = new byte[BLOCK];
  private final ByteBuffer drawn = ByteBuffer.wrap(block).limit(0);

  Masks() {
    this(new SecureRandom());
  }

  Masks(Random random) {
    this.random = random;
  }

  /** Returns the next masking key. */
  int next() {
    if (!drawn.hasRemaining()) {
      random.nextBytes(block);
      drawn.clear();
    }
    return drawn.getInt();
  }

  /**
   * Masks bytes where they are.
   *
   * @param mask the key, whose most significant byte is for the first byte.
   * @param buffer a contiguous buffer.
   * @param index where the bytes begin.
   * @param length how many they are.
   */
  static void apply(int mask, ByteBuf buffer, int index, int length) {
    // Long buffers in native order are what the compiler makes vector instructions of.
    ByteBuffer bytes =
        buffer.internalNioBuffer(index, length).slice().order(ByteOrder.nativeOrder());
    LongBuffer words = bytes.asLongBuffer();
    int key = bytes.order() == ByteOrder.BIG_ENDIAN ? mask : Integer.reverseBytes(mask);
    long wordKey = (long) key << Integer.SIZE | Integer.toUnsignedLong(key);
    for (int i = 0; i < words.limit(); i++) {
      words.put(i, words.get(i) ^ wordKey);
    }
    for (int i = words.limit() * Long.BYTES, rest = mask; i < length; i++) {
      rest = Integer.rotateLeft(rest, Byte.SIZE);
      bytes.put(i, (byte) (bytes.get(i) ^ rest));
    }
  }
}
