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
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which files of a folder have come, changed or gone. A change counts when two scans in a
 * row see the same, so that a file that is being written is left alone. For one thread.
 */
final class FolderScan {
  private final Path folder;
  private final String attributes;
  private Map<String, Map<String, Object>> reported = Map.of();
  private Map<String, Map<String, Object>> last = Map.of();

  FolderScan(Path folder) {
    this.folder = folder;
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    this.attributes = unix ? "unix:lastModifiedTime,size,ino,ctime" : "lastModifiedTime,size";
  }

  /**
   * Takes the folder as it is.
   *
   * @return the names of its files, in order.
   * @throws IOException if the folder cannot be read.
   */
  Set<String> first() throws IOException {
    last = look();
    reported = last;
    return new TreeSet<>(last.keySet());
  }

  /**
   * Looks again.
   *
   * @return the names of files that have come, changed or gone, in order.
   * @throws IOException if the folder cannot be read; nothing counts as changed then.
   */
  Set<String> next() throws IOException {
    Map<String, Map<String, Object>> now = look();
    Map<String, Map<String, Object>> settled = new HashMap<>(reported);
    Set<String> names = new TreeSet<>(now.keySet());
    names.addAll(reported.keySet());
    names.removeIf(
        name -> {
          Map<String, Object> stamp = now.getOrDefault(name, Map.of());
          return stamp.equals(reported.getOrDefault(name, Map.of()))
              || !stamp.equals(last.getOrDefault(name, Map.of()));
        });
    for (String name : names) {
      if (now.containsKey(name)) {
        settled.put(name, now.getOrDefault(name, Map.of()));
      } else {
        settled.remove(name);
      }
    }
    reported = settled;
    last = now;
    return names;
  }

  private Map<String, Map<String, Object>> look() throws IOException {
    Map<String, Map<String, Object>> found = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        try {
          if (Files.isRegularFile(file)) {
            found.put(file.getFileName().toString(), Files.readAttributes(file, attributes));
          }
        } catch (NoSuchFileException e) {
          // Gone in between.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }
}
