// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The endless sequence of bytes that bulk consists of, made to cost next to nothing: a block that
 * repeats, of which the receiver looks at one word per read. It finds a shift or a gap, not every
 * single wrong byte; cells that want to know use digests. Stateless.
 */
final class Pattern {
  /** Bytes of a block; a power of two. */
  static final int BLOCK = 1 << 18;

  private static final int WORDS = BLOCK / Long.BYTES;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final ByteBuffer BYTES = block();

  private Pattern() {}

  private static ByteBuffer block() {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    for (int word = 0; word < WORDS; word++) {
      block.putLong(word * Long.BYTES, word(word));
    }
    return block;
  }

  private static long word(long index) {
    return (index % WORDS + 1) * FACTOR;
  }

  /** Returns the bytes from a position in the sequence on, at most a block and never none. */
  static ByteBuffer from(long position) {
    ByteBuffer bytes = BYTES.duplicate();
    bytes.position((int) (position % BLOCK));
    return bytes;
  }

  /**
   * Looks at received bytes.
   *
   * @param position where in the sequence they begin.
   * @param bytes what was received, from 0 to its position.
   * @throws IOException if they are others.
   */
  static void check(long position, ByteBuffer bytes) throws IOException {
    int skipped = (int) (-position & Long.BYTES - 1);
    if (skipped + Long.BYTES > bytes.position()) {
      return;
    }
    long found = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong(skipped);
    if (found != word((position + skipped) / Long.BYTES)) {
      throw new IOException("other bytes have arrived than were sent, at " + (position + skipped));
    }
  }
}
