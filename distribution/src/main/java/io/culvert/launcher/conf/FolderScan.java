// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out which files of a folder have come, changed or gone. A change counts when two scans in a
 * row see the same, so that a file that is being written is left alone. A file that cannot be
 * looked at, for whatever reason but that it is not there, counts as it was. For one thread.
 */
final class FolderScan {
  private static final String REGULAR = "isRegularFile";

  /** Stands for a file that has to be reported again, as no file looks like this. */
  private static final Map<String, Object> UNKNOWN = Map.of("unknown", true);

  private final Path folder;
  private final String attributes;
  private final Map<String, Map<String, Object>> reported = new HashMap<>();
  private Map<String, Map<String, Object>> last = Map.of();
  private Map<String, IOException> unreadable = Map.of();

  FolderScan(Path folder) {
    this.folder = folder;
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    this.attributes =
        unix
            ? "unix:isRegularFile,lastModifiedTime,size,ino,ctime"
            : "isRegularFile,lastModifiedTime,size";
  }

  /**
   * Takes the folder as it is.
   *
   * @return the names of its files, in order; also of those that cannot be looked at.
   * @throws IOException if the folder cannot be read.
   */
  SortedSet<String> first() throws IOException {
    last = look();
    reported.putAll(last);
    unreadable.keySet().forEach(this::reportAgain);
    return new TreeSet<>(reported.keySet());
  }

  /**
   * Looks again.
   *
   * @throws IOException if the folder cannot be read; nothing counts as changed then.
   */
  FolderChanges next() throws IOException {
    Map<String, Map<String, Object>> now = look();
    FolderChanges changes = new FolderChanges(new TreeSet<>(), new TreeSet<>());
    for (Map.Entry<String, Map<String, Object>> file : now.entrySet()) {
      String name = file.getKey();
      Map<String, Object> stamp = file.getValue();
      if (!stamp.equals(reported.get(name)) && stamp.equals(last.get(name))) {
        changes.changed().add(name);
        reported.put(name, stamp);
      }
    }
    for (String name : reported.keySet()) {
      if (!now.containsKey(name) && !last.containsKey(name)) {
        changes.gone().add(name);
      }
    }
    reported.keySet().removeAll(changes.gone());
    last = now;
    return changes;
  }

  /** Reports a file with the next changes once more, whether it is there or gone. */
  void reportAgain(String name) {
    reported.put(name, UNKNOWN);
  }

  /** Returns what kept the last look from seeing files, by name. */
  Map<String, IOException> unreadable() {
    return unreadable;
  }

  private Map<String, Map<String, Object>> look() throws IOException {
    Map<String, Map<String, Object>> found = new HashMap<>();
    Map<String, IOException> failed = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        try {
          Map<String, Object> stamp = Files.readAttributes(file, attributes);
          if (Boolean.TRUE.equals(stamp.get(REGULAR))) {
            found.put(name, stamp);
          }
        } catch (NoSuchFileException e) {
          // Gone in between.
        } catch (IOException e) {
          failed.put(name, e);
          Optional.ofNullable(reported.get(name)).ifPresent(stamp -> found.put(name, stamp));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    unreadable = failed;
    return found;
  }
}
