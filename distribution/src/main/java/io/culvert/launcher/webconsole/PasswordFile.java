// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import io.culvert.launcher.reference.InputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that keeps the hash of the password, for its user alone. For one thread. */
final class PasswordFile {
  static final String NAME = "web-console.password";

  private final Path path;

  /**
   * Makes one that has read nothing yet.
   *
   * @param folder the state folder.
   */
  PasswordFile(Path folder) {
    this.path = folder.resolve(NAME);
  }

  Path path() {
    return path;
  }

  /**
   * Reads the file, if it is there.
   *
   * @throws InputException if it holds something else.
   * @throws IOException if it cannot be read.
   */
  Optional<PasswordHash> read() throws IOException {
    try {
      Optional<PasswordHash> hash = PasswordHash.parse(Files.readString(path));
      if (hash.isPresent()) {
        return hash;
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedInputException e) {
      // no text: as with other text
    }
    throw new InputException("'" + path + "': is damaged; delete it and choose a new password");
  }

  /**
   * Writes the file in one step.
   *
   * @throws IOException if it cannot be written.
   */
  void write(PasswordHash hash) throws IOException {
    // Such a file is its user's alone from the beginning.
    Path whole = Files.createTempFile(path.getParent(), NAME, null);
    try {
      Files.writeString(whole, hash.line() + "\n");
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
