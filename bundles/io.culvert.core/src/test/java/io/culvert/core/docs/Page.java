// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tables of a page under {@code docs}. */
final class Page {
  /** From the folder of the module, where its tests run. */
  private static final Path DOCS = Path.of("../../docs");

  private final List<String> lines;

  private Page(List<String> lines) {
    this.lines = lines;
  }

  static Path path(String name) {
    return DOCS.resolve(name);
  }

  static Page read(String name) throws IOException {
    return new Page(Files.readAllLines(path(name)));
  }

  /** Returns the part from a heading to the next one of the same or a higher level. */
  Page section(String heading) {
    int first = lines.indexOf(heading);
    if (first < 0) {
      throw new AssertionError("there is no heading '" + heading + "'");
    }
    String marks = heading.substring(0, heading.indexOf(' ') + 1);
    int last = first + 1;
    while (last < lines.size() && !lines.get(last).startsWith(marks)) {
      last++;
    }
    return new Page(lines.subList(first, last));
  }

  /** Returns the cells of each row whose first cell is one word in code font. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines) {
      if (line.matches("\\| `[^` ]+` \\|.*\\|")) {
        rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| ", -1)));
      }
    }
    return rows;
  }

  /** Returns a cell without the marks of code font. */
  static String plain(String cell) {
    return cell.replace("`", "");
  }
}
