// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes whole files, so that a reader sees the old or the new text. Stateless. */
final class AtomicFile {
  static final String OWNER_ONLY = "rw-------";
  static final String FOR_ALL = "rw-r--r--";

  private static final String PREFIX = ".";
  private static final String SUFFIX = ".part";

  private AtomicFile() {}

  /**
   * Writes a file that has its mode before it has its name.
   *
   * @param file the file.
   * @param text the text.
   * @param mode the mode, where the system has such.
   * @throws IOException if it cannot be written; the old file stays.
   */
  static void write(Path file, String text, String mode) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    // Nobody but the owner can read a fresh temporary file.
    Path draft = Files.createTempFile(folder, PREFIX, SUFFIX);
    try {
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      if (isPosix(draft)) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(mode));
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Removes what a process that was killed has not finished.
   *
   * @param folder a folder in which nobody else writes now.
   * @throws IOException if the folder cannot be read or written.
   */
  static void removeDrafts(Path folder) throws IOException {
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Takes a file from everybody but its owner, where the system has modes. */
  static void restrict(Path file) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
    }
  }

  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
