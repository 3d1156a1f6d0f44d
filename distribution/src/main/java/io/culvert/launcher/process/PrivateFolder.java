// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A temporary folder that only this user can enter, deleted by {@link #close()}. A process that is
 * killed leaves its folder behind; the next one deletes that. Thread-safe.
 */
public final class PrivateFolder implements AutoCloseable {
  static final String PREFIX = "culvert-run-";
  static final String LOCK = ".culvert-run.lock";

  private static final int ATTEMPTS = 100;

  private final Path path;
  private final FolderLock lock;

  private PrivateFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, and deletes those that dead processes of this user have left beside it.
   *
   * @param parent the folder for temporary files.
   * @throws IOException if it cannot be used.
   */
  public static PrivateFolder create(Path parent) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Path path = Files.createTempDirectory(parent, PREFIX, FolderTree.ownerOnly());
      Optional<FolderLock> lock = FolderLock.take(path, LOCK);
      // Somebody's sweep may have found the lock file before it was locked: it deletes the folder.
      if (lock.isPresent()) {
        LeftOvers.sweep(path);
        return new PrivateFolder(path, lock.get());
      }
    }
    throw new IOException("new folders in '" + parent + "' disappear at once");
  }

  public Path path() {
    return path;
  }

  /** Deletes the folder with everything in it. Deleting it twice is the same as once. */
  @Override
  public void close() throws IOException {
    lock.close();
    FolderTree.delete(path, LOCK);
  }
}
