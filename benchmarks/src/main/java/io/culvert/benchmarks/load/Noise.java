// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * Bytes by chance with their SHA-256, for the cells that check every byte. Both directions block.
 * Stateless.
 */
final class Noise {
  private static final int DIGEST_BYTES = 32;
  private static final int CHUNK = 1 << 16;

  private Noise() {}

  /** Sends so many bytes, others for another seed, and returns their digest. */
  static byte[] send(Connection connection, long length, long seed) throws IOException {
    MessageDigest digest = digest();
    Random random = new Random(seed);
    byte[] chunk = new byte[CHUNK];
    for (long left = length; left > 0; ) {
      random.nextBytes(chunk);
      int size = (int) Math.min(left, CHUNK);
      digest.update(chunk, 0, size);
      connection.writeAll(ByteBuffer.wrap(chunk, 0, size));
      left -= size;
    }
    return digest.digest();
  }

  /** Receives so many bytes and returns their digest. */
  static byte[] receive(Connection connection, long length) throws IOException {
    MessageDigest digest = digest();
    for (long left = length; left > 0; ) {
      ByteBuffer bytes = connection.read(left);
      if (bytes == null) {
        throw new EOFException("the connection has ended " + left + " bytes early");
      }
      left -= bytes.remaining();
      digest.update(bytes);
    }
    return digest.digest();
  }

  static void sendDigest(Connection connection, byte[] digest) throws IOException {
    connection.writeAll(ByteBuffer.wrap(digest));
  }

  /** Receives a digest and compares it. */
  static void expectDigest(Connection connection, byte[] expected) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(DIGEST_BYTES);
    connection.readAll(received);
    if (!MessageDigest.isEqual(expected, received.array())) {
      throw new IOException("the digest of what has arrived is another");
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
