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
   * Makes the folder unless it is there, closes it to others, and takes it for this process.
   *
   * @throws UnusableException if it cannot be used, or another process uses it; the message is one
   *     line for the user.
   */
  public static OwnedFolder take(Path path) throws UnusableException {
    try {
      Files.createDirectories(path, FolderTree.ownerOnly());
      boolean mended = closeToOthers(path);
      Optional<FolderLock> lock = FolderLock.take(path, LOCK);
      if (lock.isEmpty()) {
        String holder = FolderLock.holder(path, LOCK).map(pid -> " (process " + pid + ")").orElse("");
        throw new UnusableException("'" + path + "' is in use by another gateway" + holder);
      }
      lock.get().sign();
      return new OwnedFolder(path, lock.get(), mended);
    } catch (FileAlreadyExistsException e) {
      throw new UnusableException("'" + e.getFile() + "' must be a folder");
    } catch (AccessDeniedException e) {
      throw new UnusableException("'" + path + "': this user may not write '" + e.getFile() + "'");
    } catch (IOException e) {
      throw new UnusableException("'" + path + "' cannot be used (" + e + ")");
    }
  }

  private static boolean closeToOthers(Path path) throws IOException {
    if (!FolderTree.hasPermissions()
        || FolderTree.OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      return false;
    }
    Files.setPosixFilePermissions(path, FolderTree.OWNER_ONLY);
    return true;
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

  /** The folder cannot be used; the message is one line for the user. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }
}
