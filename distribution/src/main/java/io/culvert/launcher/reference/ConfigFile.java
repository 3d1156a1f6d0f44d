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
import java.util.regex.Pattern;

/**
 * The content of a {@code --config} file: one {@code long-name = value} a line, {@code #} starts a
 * comment anywhere in a line, {@code [section]} puts {@code section.} before the names that follow.
 *
 * @param values the options that can be used; of one that comes twice the first.
 * @param items all entries in the order of the file.
 */
public record ConfigFile(Map<ReferenceOption, OptionValue> values, List<Item> items) {
  /** No file was given. */
  public static final ConfigFile NONE =
      new ConfigFile(new EnumMap<>(ReferenceOption.class), List.of());

  private static final String FORM = "must be name = value, # comment or [section]";

  private static final String UNKNOWN =
      "is not an option; allowed are the long names that localproxy --help lists";

  /** A misspelt name that can be shown. Other text may be a token that ends with {@code =}. */
  private static final Pattern NAME = Pattern.compile("[a-z._-]{1,31}");

  /** Copies the collections. */
  public ConfigFile {
    values = Collections.unmodifiableMap(new EnumMap<>(values));
    items = List.copyOf(items);
  }

  /**
   * Reads a file.
   *
   * @param file the file.
   * @return its content.
   * @throws InputException if the file cannot be read.
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
   */
  public static ConfigFile parse(String text, String name) {
    Map<ReferenceOption, OptionValue> values = new EnumMap<>(ReferenceOption.class);
    List<Item> items = new ArrayList<>();
    String section = "";
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      int comment = raw.indexOf('#');
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip() + ".";
      } else if (!line.isEmpty()) {
        items.add(item(new Place(name, number), section, line, values));
      }
    }
    return new ConfigFile(values, items);
  }

  private static Item item(
      Place place, String section, String line, Map<ReferenceOption, OptionValue> values) {
    int equals = line.indexOf('=');
    String key = section + line.substring(0, Math.max(equals, 0)).strip();
    if (equals <= 0) {
      // The line itself may be a token that somebody put here alone, so it is not repeated.
      return Item.wrong(place, FORM);
    }
    String text = line.substring(equals + 1).strip();
    return ReferenceOption.byLongName(key)
        .map(option -> item(place, option, text, values))
        .orElseGet(
            () ->
                NAME.matcher(key).matches()
                    ? new Item(place, key, null, Verdict.WRONG, UNKNOWN)
                    : Item.wrong(place, UNKNOWN));
  }

  private static Item item(
      Place place, ReferenceOption option, String text, Map<ReferenceOption, OptionValue> values) {
    String key = option.longName();
    Item item = Item.usable(place, key, option.isSecret() ? Item.HIDDEN : text);
    if (hasNoEffect(option)) {
      return item.with(Verdict.DOUBTFUL, "has no effect in a configuration file");
    }
    if (values.containsKey(option)) {
      return item.with(Verdict.WRONG, "may be given only once");
    }
    if (option.isFlag() ? !isFlag(text) : text.isEmpty()) {
      return item.with(
          Verdict.WRONG,
          option.isFlag() ? "must be on, yes, 1, true, off, no, 0 or false" : "must not be empty");
    }
    String value = option.isFlag() ? Boolean.toString(isOn(text)) : text;
    values.put(option, new OptionValue(option, value, place + ": " + key));
    return item;
  }

  private static boolean isFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "off", "no", "0", "false" -> true;
      default -> isOn(text);
    };
  }

  private static boolean isOn(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "on", "yes", "1", "true" -> true;
      default -> false;
    };
  }

  private static boolean hasNoEffect(ReferenceOption option) {
    return switch (option) {
      case HELP, VERSION, CONFIG, EXPORT_DEFAULT_SETTINGS -> true;
      default -> false;
    };
  }
}
