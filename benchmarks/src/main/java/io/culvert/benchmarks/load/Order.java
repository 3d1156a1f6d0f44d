// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a client wants the application to do, its first words on a connection. When it is done, the
 * next order may follow. Immutable.
 *
 * @param kind what to do.
 * @param argument a number of bytes, in all or a second, or of a tally.
 */
record Order(Kind kind, long argument) {
  /** Bytes of an order. */
  static final int BYTES = 1 + Long.BYTES;

  /** No end. */
  static final long ENDLESS = Long.MAX_VALUE;

  enum Kind {
    /** Send back what comes, until the connection ends. */
    ECHO('E'),
    /** Take so many bytes of the pattern, then send one byte. */
    TAKE('T'),
    /** Send so many bytes of the pattern. */
    GIVE('G'),
    /** Take bytes of the pattern without end, and count them in the tally of that number. */
    COUNT('C'),
    /** Read nothing until the connection is closed. */
    HOLD('H'),
    /** Send so many bytes of the pattern a second, without end. */
    TRICKLE('R'),
    /** Take so many bytes, then send their digest. */
    TAKE_DIGEST('U'),
    /** Send so many bytes by chance, then their digest. */
    GIVE_DIGEST('D');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  void write(ByteBuffer bytes) {
    bytes.put((byte) kind.letter).putLong(argument);
  }

  static Order read(ByteBuffer bytes) throws IOException {
    char letter = (char) bytes.get();
    for (Kind kind : KINDS) {
      if (kind.letter == letter) {
        return new Order(kind, bytes.getLong());
      }
    }
    throw new IOException("no order begins with '" + letter + "'");
  }
}
