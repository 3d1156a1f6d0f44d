// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that come into a folder all together or not at all. They are written beside it under names
 * that no gateway reads, and renamed when all are there; what fails is undone. For one use by one
 * thread.
 */
final class FileBatch {
  private static final String SECRET = "rw-------";
  private static final String OPEN = "rw-r--r--";
  private static final String OPEN_FOLDER = "rwxr-xr-x";

  private final Path folder;
  private final Map<Path, Path> ready = new LinkedHashMap<>();
  private final Map<Path, Path> old = new LinkedHashMap<>();
  private final List<Path> done = new ArrayList<>();
  private boolean isNewFolder;
  private boolean isWhole;

  FileBatch(Path folder) {
    this.folder = folder;
  }

  /** Returns those of some files that are there already. */
  static List<Path> existing(Path folder, List<DraftFile> files) {
    return files.stream()
        .map(file -> folder.resolve(file.name()))
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Writes files, and makes the folder if there are any and it is not there.
   *
   * @param files the files.
   * @param comment their first line.
   * @param replace whether a file that is there may be replaced.
   * @throws IOException if it fails; then all is as it was.
   */
  void write(List<DraftFile> files, String comment, boolean replace) throws IOException {
    // What cannot be tidied up does not hide why the writing failed.
    try (Closeable tidying = this::tidyUp) {
      writeOrUndo(files, comment, replace);
    }
  }

  private void writeOrUndo(List<DraftFile> files, String comment, boolean replace)
      throws IOException {
    CopyOption[] options =
        replace ? new CopyOption[] {StandardCopyOption.ATOMIC_MOVE} : new CopyOption[0];
    try {
      for (DraftFile file : files) {
        prepare(file, comment);
      }
      for (Map.Entry<Path, Path> file : ready.entrySet()) {
        Files.move(file.getValue(), file.getKey(), options);
        done.add(file.getKey());
      }
      isWhole = true;
    } catch (IOException e) {
      undo(e);
      throw e;
    }
  }

  private void tidyUp() throws IOException {
    for (Path left : ready.values()) {
      Files.deleteIfExists(left);
    }
    for (Path left : old.values()) {
      Files.deleteIfExists(left);
    }
    if (isNewFolder && !isWhole) {
      Files.delete(folder);
    }
  }

  private void makeFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
      isNewFolder = true;
      allow(folder, OPEN_FOLDER);
    }
  }

  private void prepare(DraftFile file, String comment) throws IOException {
    makeFolder();
    Path target = folder.resolve(file.name());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Path copy = temporary(file);
      old.put(target, copy);
      Files.copy(
          target,
          copy,
          LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path path = temporary(file);
    ready.put(target, path);
    Files.writeString(path, file.text(comment));
    allow(path, file.isSecret() ? SECRET : OPEN);
  }

  /** Whoever runs the gateway may be another user, so only secrets are kept from others. */
  private static void allow(Path path, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  /** Makes an empty file that only this user can read, with a name that no gateway reads. */
  private Path temporary(DraftFile file) throws IOException {
    return Files.createTempFile(folder, "." + file.name(), ".tmp");
  }

  private void undo(IOException failure) {
    for (Path file : done) {
      try {
        Path before = old.get(file);
        if (before == null) {
          Files.delete(file);
        } else {
          Files.move(before, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException e) {
        old.remove(file); // so that it is not lost
        failure.addSuppressed(e);
      }
    }
  }
}
