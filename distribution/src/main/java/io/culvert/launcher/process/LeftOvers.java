// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/**
 * Deletes temporary folders of processes that were killed: folders of this user that have both the
 * name and the lock file of a {@link PrivateFolder}, and that nobody holds.
 */
final class LeftOvers {
  private LeftOvers() {}

  /**
   * Deletes the left-overs beside a folder. What cannot be deleted stays, without a complaint: it
   * is in nobody's way, and the next process tries again.
   *
   * @param own the folder of this process.
   */
  static void sweep(Path own) {
    if (!FolderTree.hasPermissions()) {
      return; // without owners there is no telling whose folder it is
    }
    Path parent = own.toAbsolutePath().getParent();
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(parent, PrivateFolder.PREFIX + "*")) {
      UserPrincipal user = Files.getOwner(own);
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && !folder.getFileName().equals(own.getFileName())) {
          sweep(folder, user);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // as the method says
    }
  }

  private static void sweep(Path folder, UserPrincipal user) {
    try {
      if (!user.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))
          || !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
              .equals(FolderTree.OWNER_ONLY)) {
        return;
      }
      Optional<FolderLock> lock = FolderLock.takeExisting(folder, PrivateFolder.LOCK);
      if (lock.isPresent()) {
        delete(folder, lock.get());
      }
    } catch (IOException e) {
      return; // without our lock file it is not ours; else as the caller says
    }
  }

  private static void delete(Path folder, FolderLock lock) throws IOException {
    try {
      FolderTree.delete(folder, PrivateFolder.LOCK);
    } finally {
      lock.close();
    }
  }
}
