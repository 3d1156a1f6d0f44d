// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A configuration file. Immutable.
 *
 * @param path the file.
 * @param name what its name stands for.
 * @param digest SHA-256 of its bytes, in hexadecimal digits.
 * @param text what it says.
 */
record ConfFile(Path path, ConfName name, String digest, ConfText text) {
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Reads a file.
   *
   * @throws ConfException if it says nothing that can be used.
   * @throws IOException if it cannot be read now.
   */
  static ConfFile read(Path path, ConfName name) throws IOException, ConfException {
    byte[] bytes = bytes(path);
    return new ConfFile(path, name, Sha256.of(bytes), ConfReader.read(decode(bytes)));
  }

  private static byte[] bytes(Path path) throws IOException, ConfException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfException("is larger than 1 MiB");
      }
      return bytes;
    } catch (AccessDeniedException e) {
      throw new ConfException("this user may not read it");
    }
  }

  private static String decode(byte[] bytes) throws ConfException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfException("is not UTF-8 text");
    }
  }

  Map<String, Object> values() {
    return text.values();
  }
}
