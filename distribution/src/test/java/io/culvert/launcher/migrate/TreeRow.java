// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A mapping file and what is listed of it. */
final class TreeRow {
  private final String path;
  private final String content;
  private Charset charset = StandardCharsets.UTF_8;
  private final List<String> lines = new ArrayList<>();

  private TreeRow(String path, String content) {
    this.path = path;
    this.content = content;
  }

  static TreeRow row(String path, String content) {
    return new TreeRow(path, content);
  }

  TreeRow in(Charset other) {
    charset = other;
    return this;
  }

  TreeRow took(int line, String entry) {
    return add(
        "took     ",
        ":" + line + "  " + entry + " -> io.culvert.ServiceMappingConfig destinations");
  }

  TreeRow took(int line, String entry, String as) {
    took(line, entry);
    lines.add(lines.remove(lines.size() - 1) + " = " + as);
    return this;
  }

  TreeRow dropped(int line, String entry, String why) {
    return add("dropped  ", ":" + line + entry(entry) + " because it " + why);
  }

  TreeRow look(int line, String entry, String why) {
    return add("dropped! ", ":" + line + entry(entry) + " because it " + why);
  }

  TreeRow wholeFile(String kind, String why) {
    return add(kind, " because it " + why);
  }

  private static String entry(String entry) {
    return entry.isEmpty() ? "" : "  " + entry;
  }

  private TreeRow add(String kind, String rest) {
    lines.add(kind + path + rest);
    return this;
  }

  List<String> lines() {
    return lines;
  }

  void write(Path folder) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, charset);
  }
}
