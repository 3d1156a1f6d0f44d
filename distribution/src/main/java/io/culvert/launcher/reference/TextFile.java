// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads small files that people write by hand, with errors that a person understands. */
final class TextFile {
  private static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  /**
   * Reads a file of UTF-8 text of at most 1 MiB.
   *
   * @throws InputException if it cannot be read; the message begins with {@code who}.
   */
  static String read(Path file, String who) {
    try {
      if (Files.isDirectory(file)) {
        throw new InputException(who, "is a folder, must be a file");
      }
      byte[] bytes;
      try (var in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
      if (bytes.length > MAX_BYTES) {
        throw new InputException(who, "is larger than 1 MiB");
      }
      var decoder = StandardCharsets.UTF_8.newDecoder();
      String text = decoder.decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new InputException(who, "does not exist", e);
    } catch (AccessDeniedException e) {
      throw new InputException(who, "must be readable for this user", e);
    } catch (CharacterCodingException e) {
      throw new InputException(who, "is not UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException(who, "cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
