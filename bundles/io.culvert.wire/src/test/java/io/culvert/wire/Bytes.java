// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Bytes for the tests of this package. */
final class Bytes {
  private Bytes() {}

  /** Parses hexadecimal parts, blanks allowed. */
  static byte[] hex(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Puts the length prefix in front of a message. */
  static byte[] framed(byte[] message) {
    return concat(new byte[] {(byte) (message.length >> 8), (byte) message.length}, message);
  }

  static byte[] random(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Makes a buffer that counts references even if there is nothing in it. */
  static ByteBuf heap(byte[] bytes) {
    return Unpooled.buffer(bytes.length).writeBytes(bytes);
  }

  /** Takes the readable bytes and releases the buffer. */
  static byte[] drain(ByteBuf buffer) {
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
    }
  }

  /** The bytes that an allocator has given out and not got back. */
  static long used(UnpooledByteBufAllocator allocator) {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  /** Makes a source of random input and prints how to get the same again. */
  static Random seededRandom() {
    long seed = Long.getLong("culvert.test.seed", System.nanoTime());
    System.out.println("repeat with -Dculvert.test.seed=" + seed);
    return new Random(seed);
  }
}
