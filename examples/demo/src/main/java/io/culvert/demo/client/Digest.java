// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what arrives piece by piece. Not safe for several threads. */
public final class Digest {
  private final MessageDigest digest;

  public Digest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds the first bytes of a buffer. */
  void add(byte[] buffer, int count) {
    digest.update(buffer, 0, count);
  }

  /** Returns the digest in hexadecimal digits, and begins anew. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the digest of a text. */
  public static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Digest digest = new Digest();
    digest.add(bytes, bytes.length);
    return digest.hex();
  }

  /** Returns the digest of a file. */
  static String of(Path file) throws IOException {
    Digest digest = new Digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream content = Files.newInputStream(file)) {
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        digest.add(buffer, count);
      }
    }
    return digest.hex();
  }
}
