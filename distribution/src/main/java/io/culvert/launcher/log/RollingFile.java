// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that begins anew when it is full: {@code x.log} becomes {@code x.log.1}, that becomes
 * {@code x.log.2}, and the oldest is deleted. Only the user may read it. Not thread-safe.
 */
final class RollingFile extends OutputStream {
  private final Path file;
  private final long limit;
  private final int count;
  private OutputStream out;
  private long size;

  /**
   * Opens the file and goes on where it ends.
   *
   * @param limit its most bytes, but for the last line.
   * @param count how many files there are at most, this one included.
   */
  RollingFile(Path file, long limit, int count) throws IOException {
    this.file = file;
    this.limit = limit;
    this.count = count;
    this.out = open();
  }

  private OutputStream open() throws IOException {
    if (Files.notExists(file)) {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createFile(file);
      }
    }
    size = Files.size(file);
    return Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /** Writes whole; a line that comes in one piece is never split between two files. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (size > 0 && size + length > limit) {
      roll();
    }
    out.write(bytes, offset, length);
    size += length;
  }

  private void roll() throws IOException {
    out.close();
    for (int i = Files.exists(file) ? count - 1 : 0; i > 0; i--) {
      try {
        Files.move(generation(i - 1), generation(i), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        // There are not so many yet.
      }
    }
    Files.deleteIfExists(file);
    out = open();
  }

  private Path generation(int i) {
    return i == 0 ? file : file.resolveSibling(file.getFileName() + "." + i);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
