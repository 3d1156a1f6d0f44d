// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A temporary folder that only this user can enter, deleted by {@link #close()}. Thread-safe. */
final class PrivateFolder implements AutoCloseable {
  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  static PrivateFolder create() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new PrivateFolder(Files.createTempDirectory("culvert-"));
    }
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    return new PrivateFolder(
        Files.createTempDirectory("culvert-", PosixFilePermissions.asFileAttribute(ownerOnly)));
  }

  Path path() {
    return path;
  }

  /** Deletes the folder with everything in it. Deleting it twice is the same as once. */
  @Override
  public void close() throws IOException {
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (NoSuchFileException e) {
      return; // deleted before, or by somebody else: what was asked for
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
