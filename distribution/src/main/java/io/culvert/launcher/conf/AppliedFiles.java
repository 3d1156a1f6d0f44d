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
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which content of which configuration file was applied last, kept over restarts in a file as
 * sha256sum writes it, with comments. Not in the configurations themselves, as a tool that changes
 * one may drop what it does not know. For one thread.
 */
final class AppliedFiles {
  private static final String ENTRY = "# applied %s values %s\n%s  %s\n";
  private static final Pattern ENTRIES =
      Pattern.compile(
          ENTRY.formatted("([0-9TZ:-]{20})", "([0-9a-f]{64})", "([0-9a-f]{64})", "(.+)"));

  private final Path file;
  private final SortedMap<String, AppliedVersion> versions = new TreeMap<>();

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
      ENTRIES
          .matcher(Files.readString(file, ISO_8859_1))
          .results()
          .forEach(
              it ->
                  applied.versions.put(
                      it.group(4), new AppliedVersion(it.group(3), it.group(1), it.group(2))));
    } catch (NoSuchFileException e) {
      return applied; // the first start
    }
    return applied;
  }

  /** Returns the names of the files that were applied. */
  SortedSet<String> names() {
    return new TreeSet<>(versions.keySet());
  }

  /** Returns what was applied of a file. */
  Optional<AppliedVersion> version(String name) {
    return Optional.ofNullable(versions.get(name));
  }

  /** Returns whether a file was applied as it is now. */
  boolean holds(ConfFile conf) {
    return version(conf.name().file()).filter(it -> it.digest().equals(conf.digest())).isPresent();
  }

  /**
   * Notes that a file was applied.
   *
   * @throws IOException if that cannot be written; it is not noted then.
   */
  void put(ConfFile conf) throws IOException {
    SortedMap<String, AppliedVersion> next = new TreeMap<>(versions);
    next.put(conf.name().file(), AppliedVersion.of(conf));
    keep(next);
  }

  /**
   * Notes that a file is gone, and its configuration with it.
   *
   * @throws IOException if that cannot be written; it is not noted then.
   */
  void remove(String name) throws IOException {
    SortedMap<String, AppliedVersion> next = new TreeMap<>(versions);
    next.remove(name);
    keep(next);
  }

  private void keep(SortedMap<String, AppliedVersion> next) throws IOException {
    if (next.equals(versions)) {
      return;
    }
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    String text = next.entrySet().stream().map(AppliedFiles::entry).collect(Collectors.joining());
    try (FileChannel channel = FileChannel.open(whole, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ISO_8859_1.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true); // else a crash may leave an empty file under the new name
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    versions.clear();
    versions.putAll(next);
  }

  private static String entry(Map.Entry<String, AppliedVersion> file) {
    AppliedVersion version = file.getValue();
    return ENTRY.formatted(version.time(), version.values(), version.digest(), file.getKey());
  }
}
