// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One ini file with {@code serviceId=endpoint} lines. Comments start a line with {@code ;} or
 * {@code #}; keys under a {@code [section]} are not service ids and are skipped.
 */
final class MappingFile {
  /**
   * A value and where it stands.
   *
   * @param text the value.
   * @param where the file and line, for messages.
   */
  record Entry(String text, String where) {}

  private MappingFile() {}

  /**
   * Reads a file.
   *
   * @throws InputException if it is not in the ini format; the message names file and line.
   */
  static Map<String, Entry> read(Path file) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    boolean inSection = false;
    int number = 0;
    for (String raw : TextFile.read(file, file.toString()).split("\n", -1)) {
      number++;
      String line = raw.strip();
      String where = file + " line " + number;
      if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        if (!line.endsWith("]")) {
          throw new InputException(where + ": a section must end with ']'");
        }
        inSection = true;
        continue;
      }
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new InputException(where + ": must be serviceId=endpoint");
      }
      String key = line.substring(0, equals).strip();
      Entry entry = new Entry(line.substring(equals + 1).strip(), where);
      if (!inSection && entries.putIfAbsent(key, entry) != null) {
        throw new InputException(where + ": '" + key + "' comes twice");
      }
    }
    return entries;
  }
}
