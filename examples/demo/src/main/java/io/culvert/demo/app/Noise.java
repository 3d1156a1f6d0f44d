// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bytes that cannot be compressed and need not be stored: each is a function of the seed and its
 * place. Immutable.
 *
 * @param seed chooses the bytes.
 * @param length how many there are.
 */
public record Noise(long seed, long length) {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int WORD = Long.BYTES;

  /**
   * Fills a buffer with the bytes from a place on.
   *
   * @param buffer its length must be a multiple of 8, and at least 16.
   * @return how many of its bytes count: all, or fewer before the end.
   */
  public int read(long from, byte[] buffer) {
    int skew = (int) (from % WORD);
    long word = from / WORD;
    for (int i = 0; i + WORD <= buffer.length; i += WORD) {
      WORDS.set(buffer, i, mix(seed + word * 0x9E3779B97F4A7C15L));
      word++;
    }
    int ready = buffer.length - skew;
    if (skew > 0) {
      System.arraycopy(buffer, skew, buffer, 0, ready);
    }
    return (int) Math.max(0, Math.min(ready, length - from));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the SHA-256 of all bytes, in hexadecimal digits. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (long place = 0; place < length; ) {
        int count = read(place, buffer);
        digest.update(buffer, 0, count);
        place += count;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
