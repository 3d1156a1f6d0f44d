// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** Bytes that cannot be guessed or compressed, and their digests. */
final class Noise {
  static final int DIGEST_BYTES = 32;

  private Noise() {}

  /** Writes bytes that depend on the seed, and returns their digest. */
  static byte[] write(OutputStream out, long length, long seed) throws IOException {
    Random random = new Random(seed);
    MessageDigest digest = sha256();
    byte[] chunk = new byte[20_000];
    for (long left = length; left > 0; left -= chunk.length) {
      int n = (int) Math.min(left, chunk.length);
      random.nextBytes(chunk);
      digest.update(chunk, 0, n);
      out.write(chunk, 0, n);
    }
    return digest.digest();
  }

  /** Reads so many bytes and returns their digest. */
  static byte[] digest(InputStream in, long length) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[20_000];
    for (long left = length; left > 0; ) {
      int n = in.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (n < 0) {
        throw new EOFException(left + " bytes are missing");
      }
      digest.update(chunk, 0, n);
      left -= n;
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
