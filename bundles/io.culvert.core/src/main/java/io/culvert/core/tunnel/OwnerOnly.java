// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that nobody but their owner may read. Stateless; blocks on the file system. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * Makes a folder, and those above it, if it is not there.
   *
   * @param folder the folder.
   * @throws IOException if it cannot be made.
   */
  public static void folder(Path folder) throws IOException {
    Files.createDirectories(folder, attributes("rwx------"));
  }

  /**
   * Puts a whole file in place of what is there; at no time is half of it to be seen.
   *
   * @param file the file, whose folder is there.
   * @param text what it holds.
   * @throws IOException if it cannot be written; what was there stays.
   */
  public static void write(Path file, String text) throws IOException {
    Path temporary = temporary(file);
    try {
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes an empty file beside another one. */
  static Path temporary(Path file) throws IOException {
    String name = file.getFileName().toString();
    String suffix = name.substring(name.lastIndexOf('.'));
    return Files.createTempFile(file.getParent(), "new", suffix, attributes("rw-------"));
  }

  /** Puts a file in place of another one in one step. */
  static void move(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
