// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Whether a folder that is there already may be taken as a gateway's own and closed to others:
 * folders of the system and of other programs may not. Stateless.
 */
final class FolderClaim {
  private static final int STICKY = 01000;

  private FolderClaim() {}

  /** Finds what is no folder on the way to a folder, which need not be there. */
  static Optional<Path> inTheWay(Path folder) {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        return Files.isDirectory(path) ? Optional.empty() : Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Returns whether a gateway has used the folder before. */
  static boolean isKnown(Path folder, String lock) {
    return Files.isRegularFile(folder.resolve(lock), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns whether others than its user can do anything with the folder. */
  static boolean isWide(Path folder) throws IOException {
    return FolderTree.hasPermissions()
        && !FolderTree.OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder));
  }

  /**
   * Returns whether the folder is shared by all users, as the one for temporary files is.
   *
   * @param known whether a gateway has used it; its permissions may have been widened since.
   */
  static boolean isShared(Path folder, boolean known) throws IOException {
    if (!FolderTree.hasPermissions()) {
      return false;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("unix")
        && ((Integer) Files.getAttribute(folder, "unix:mode") & STICKY) != 0) {
      return true;
    }
    return !known
        && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Returns whether the folder belongs to who made the lock file in it. */
  static boolean isOwn(Path folder, String lock) throws IOException {
    return !FolderTree.hasPermissions()
        || Files.getOwner(folder)
            .equals(Files.getOwner(folder.resolve(lock), LinkOption.NOFOLLOW_LINKS));
  }

  static boolean isEmpty(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    }
  }
}
