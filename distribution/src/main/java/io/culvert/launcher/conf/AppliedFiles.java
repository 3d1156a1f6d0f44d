// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which content of which configuration file was applied last, kept over restarts in a file as
 * sha256sum writes it. Not in the configurations themselves, as a tool that changes one may drop
 * what it does not know. For one thread.
 */
final class AppliedFiles {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

  private final Path file;
  private final SortedMap<String, String> digests = new TreeMap<>();

  private AppliedFiles(Path file) {
    this.file = file;
  }

  /**
   * Reads what was kept.
   *
   * @param file where it is kept; need not be there.
   * @throws IOException if it is there but cannot be read.
   */
  static AppliedFiles read(Path file) throws IOException {
    AppliedFiles applied = new AppliedFiles(file);
    try {
      for (String line : Files.readAllLines(file, ISO_8859_1)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          applied.digests.put(matcher.group(2), matcher.group(1));
        }
      }
    } catch (NoSuchFileException e) {
      return applied; // the first start
    }
    return applied;
  }

  /** Returns the names of the files that were applied. */
  SortedSet<String> names() {
    return new TreeSet<>(digests.keySet());
  }

  /** Returns whether a file was applied as it is now. */
  boolean holds(ConfFile conf) {
    return conf.digest().equals(digests.get(conf.name().file()));
  }

  /**
   * Notes that a file was applied.
   *
   * @throws IOException if that cannot be written; it is not noted then.
   */
  void put(ConfFile conf) throws IOException {
    SortedMap<String, String> next = new TreeMap<>(digests);
    next.put(conf.name().file(), conf.digest());
    keep(next);
  }

  /**
   * Notes that a file is gone, and its configuration with it.
   *
   * @throws IOException if that cannot be written; it is not noted then.
   */
  void remove(String name) throws IOException {
    SortedMap<String, String> next = new TreeMap<>(digests);
    next.remove(name);
    keep(next);
  }

  private void keep(SortedMap<String, String> next) throws IOException {
    if (next.equals(digests)) {
      return;
    }
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    String text =
        next.entrySet().stream()
            .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
            .collect(Collectors.joining());
    try (FileChannel channel = FileChannel.open(whole, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ISO_8859_1.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true); // else a crash may leave an empty file under the new name
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    digests.clear();
    digests.putAll(next);
  }
}
