// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one ini file with {@code serviceId=endpoint} lines. Comments start a line with {@code ;} or
 * {@code #}; keys under a {@code [section]} are not service ids. As in the reference, a line that
 * is not ini, or a name that comes twice, spoils the whole file. For one use by one thread.
 */
final class MappingFile {
  private static final String SKIPPED = "; the whole file is skipped";

  private final String name;
  private final List<Item> items = new ArrayList<>();
  // Sections and the keys outside them share their names.
  private final Set<String> outer = new HashSet<>();
  private Set<String> names = outer;
  private int spoiledAt;

  private MappingFile(String name) {
    this.name = name;
  }

  /**
   * Returns the entries of a file, which are usable but for their service ids and endpoints. What
   * looks like neither must not be shown.
   */
  static List<Item> read(Path file) {
    MappingFile reader = new MappingFile(file.toString());
    try {
      int number = 0;
      for (String raw : TextFile.read(file, file.toString()).split("\n", -1)) {
        reader.readLine(++number, raw.strip());
      }
    } catch (InputException e) {
      Place place = new Place(reader.name, 0);
      return List.of(new Item(place, "", null, Verdict.DOUBTFUL, e.problem() + SKIPPED));
    }
    return reader.spoiledAt == 0
        ? reader.items
        : reader.items.stream().map(reader::spoiled).toList();
  }

  private void readLine(int number, String line) {
    if (line.isEmpty() || line.startsWith(";") || line.startsWith("#")) {
      return;
    }
    Place place = new Place(name, number);
    if (line.startsWith("[")) {
      int end = line.indexOf(']');
      if (end < 0) {
        spoil(Item.wrong(place, "must have a ']' after the name of a section"));
      } else if (!outer.add(line.substring(1, end).strip())) {
        spoil(Item.wrong(place, "opens a section of a name that was there before"));
      }
      names = new HashSet<>();
      return;
    }
    int equals = line.indexOf('=');
    if (equals <= 0) {
      spoil(Item.wrong(place, "must be serviceId=endpoint"));
      return;
    }
    String key = line.substring(0, equals).strip();
    boolean secret = ReferenceOption.byLongName(key).map(ReferenceOption::isSecret).orElse(false);
    String value = secret ? Item.HIDDEN : line.substring(equals + 1).strip();
    Item item = Item.usable(place, key, value);
    if (!names.add(key)) {
      spoil(item.with(Verdict.WRONG, "comes twice"));
    } else if (names == outer) {
      items.add(item);
    } else {
      items.add(item.with(Verdict.OVERRULED, "is under a [section], where no service ids are"));
    }
  }

  private void spoil(Item item) {
    if (spoiledAt == 0) {
      spoiledAt = item.place().line();
    }
    items.add(item);
  }

  private Item spoiled(Item item) {
    return item.place().line() == spoiledAt
        ? item.with(Verdict.DOUBTFUL, item.problem() + SKIPPED)
        : item.with(Verdict.OVERRULED, "is in a file that is skipped for its line " + spoiledAt);
  }
}
