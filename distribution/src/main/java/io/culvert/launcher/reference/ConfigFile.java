// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The content of a {@code --config} file: one {@code long-name = value} a line, {@code #} starts a
 * comment anywhere in a line, {@code [section]} puts {@code section.} before the names that follow.
 *
 * @param values the options in the file.
 * @param notices what is odd but no error.
 */
public record ConfigFile(Map<ReferenceOption, OptionValue> values, List<Notice> notices) {

  /** Copies the collections. */
  public ConfigFile {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    notices = List.copyOf(notices);
  }

  /**
   * Reads a file.
   *
   * @param file the file.
   * @return its content.
   * @throws InputException if the file cannot be read, or a line is malformed, names an unknown
   *     option or an option for the second time.
   */
  public static ConfigFile read(Path file) {
    return parse(TextFile.read(file, "--config '" + file + "'"), file.toString());
  }

  /**
   * Parses the text of a file.
   *
   * @param text the text.
   * @param name the file in messages.
   * @return its content.
   * @throws InputException as {@link #read(Path)}.
   */
  public static ConfigFile parse(String text, String name) {
    Map<ReferenceOption, OptionValue> values = new EnumMap<>(ReferenceOption.class);
    List<Notice> notices = new ArrayList<>();
    String section = "";
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      int comment = raw.indexOf('#');
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      String where = name + " line " + number + ": ";
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip() + ".";
      } else if (!line.isEmpty()) {
        int equals = line.indexOf('=');
        if (equals <= 0) {
          // The line itself may be a token that somebody put here alone, so it is not repeated.
          throw new InputException(where + "must be name = value, # comment or [section]");
        }
        String key = section + line.substring(0, equals).strip();
        OptionValue value = value(key, line.substring(equals + 1).strip(), where);
        if (hasNoEffect(value.option())) {
          notices.add(Notice.warning(value + ": has no effect in a configuration file"));
        } else if (values.putIfAbsent(value.option(), value) != null) {
          throw new InputException(where + key + ": may be given only once");
        }
      }
    }
    return new ConfigFile(values, notices);
  }

  private static OptionValue value(String key, String text, String where) {
    ReferenceOption option =
        ReferenceOption.byLongName(key)
            .orElseThrow(
                () ->
                    new InputException(
                        where
                            + "'"
                            + key
                            + "' is not an option; allowed are the long names that localproxy"
                            + " --help lists"));
    OptionValue value = new OptionValue(option, text, where + key);
    if (option.isFlag()) {
      return new OptionValue(option, Boolean.toString(flag(value)), where + key);
    }
    if (text.isEmpty()) {
      throw value.rejected("must not be empty");
    }
    return value;
  }

  private static boolean flag(OptionValue value) {
    return switch (value.text().toLowerCase(Locale.ROOT)) {
      case "", "on", "yes", "1", "true" -> true;
      case "off", "no", "0", "false" -> false;
      default ->
          throw new InputException(
              value.origin()
                  + " '"
                  + value.text()
                  + "': must be on, yes, 1, true, off, no, 0 or false");
    };
  }

  private static boolean hasNoEffect(ReferenceOption option) {
    return switch (option) {
      case HELP, VERSION, CONFIG, EXPORT_DEFAULT_SETTINGS -> true;
      default -> false;
    };
  }
}
