// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Configurations as files, one after the other. Used by one thread at a time. */
record Snapshots(Path folder) {
  /** Returns the configurations of the newest file by their components, none if there is none. */
  Map<String, Map<String, Object>> newest() throws IOException {
    long last = count();
    return last == 0 ? new HashMap<>() : read(file(last));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> read(Path file) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
      return (Map<String, Map<String, Object>>) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  void write(Map<String, Map<String, Object>> configurations) throws IOException {
    try (ObjectOutputStream out =
        new ObjectOutputStream(Files.newOutputStream(file(count() + 1)))) {
      out.writeObject(configurations);
    }
  }

  private long count() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private Path file(long number) {
    return folder.resolve("snapshot_" + number);
  }
}
