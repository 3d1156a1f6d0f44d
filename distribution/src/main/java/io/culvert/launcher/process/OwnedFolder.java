// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that stays, that only this user can enter, and that one process at a time uses. Given
 * back by {@link #close()}, or by the system when the process ends in another way. Thread-safe.
 */
public final class OwnedFolder implements AutoCloseable {
  static final String LOCK = "culvert.lock";

  private final Path path;
  private final FolderLock lock;
  private final boolean mended;

  private OwnedFolder(Path path, FolderLock lock, boolean mended) {
    this.path = path;
    this.lock = lock;
    this.mended = mended;
  }

  /**
   * Makes the folder unless it is there, closes it to others, and takes it for this process. A
   * folder that is there must be empty or have been taken before, and be this user's own if it has
   * to be closed.
   *
   * @throws UnusableException if it must not be used, or another process uses it; the message is
   *     one line for the user.
   * @throws IOException if it cannot be used now.
   */
  public static OwnedFolder take(Path path) throws UnusableException, IOException {
    Optional<Path> file = FolderClaim.inTheWay(path);
    if (file.isPresent()) {
      throw new UnusableException("'" + file.get() + "' must be a folder");
    }
    try {
      Files.createDirectories(path, FolderTree.ownerOnly());
      boolean known = FolderClaim.isKnown(path, LOCK);
      if (!known && !FolderClaim.isEmpty(path)) {
        throw new UnusableException(
            "'" + path + "' holds files of something else: name an empty folder, or a new one");
      }
      boolean wide = FolderClaim.isWide(path);
      if (wide && FolderClaim.isShared(path, known)) {
        throw new UnusableException(
            "'" + path + "' is open to all users: name a folder of its own");
      }
      return take(path, known, wide);
    } catch (FileAlreadyExistsException e) {
      throw new UnusableException("'" + e.getFile() + "' must be a folder");
    } catch (AccessDeniedException e) {
      throw new UnusableException("'" + path + "': this user may not use '" + e.getFile() + "'");
    }
  }

  private static OwnedFolder take(Path path, boolean known, boolean wide)
      throws UnusableException, IOException {
    Optional<FolderLock> taken = FolderLock.take(path, LOCK);
    if (taken.isEmpty()) {
      String holder = FolderLock.holder(path, LOCK).map(pid -> " (process " + pid + ")").orElse("");
      throw new UnusableException("'" + path + "' is in use by another gateway" + holder);
    }
    FolderLock lock = taken.get();
    OwnedFolder folder = null;
    try {
      if (wide) {
        closeToOthers(path, known);
      }
      lock.sign();
      folder = new OwnedFolder(path, lock, wide);
      return folder;
    } finally {
      if (folder == null) {
        lock.close();
      }
    }
  }

  private static void closeToOthers(Path path, boolean known)
      throws UnusableException, IOException {
    if (!FolderClaim.isOwn(path, LOCK)) {
      if (!known) {
        Files.deleteIfExists(path.resolve(LOCK));
      }
      throw new UnusableException(
          "'" + path + "' belongs to another user: name a folder of this user, or a new one");
    }
    Files.setPosixFilePermissions(path, FolderTree.OWNER_ONLY);
  }

  public Path path() {
    return path;
  }

  /** Returns whether others could enter the folder until now. */
  public boolean isMended() {
    return mended;
  }

  /**
   * Makes a folder within unless it is there.
   *
   * @throws IOException if it cannot be made.
   */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(path.resolve(name), FolderTree.ownerOnly());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** The folder must not be used; the message is one line for the user. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }
}
