// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A chart of a family: one figure of all its cells, or of some. Immutable.
 *
 * @param figure the figure.
 * @param name what tells it from others of that figure, in the name of its file; may be empty.
 * @param words the same for readers.
 * @param cells matches the names of its cells without the family; the first group is the label.
 */
record Chart(Figure figure, String name, String words, Pattern cells) {
  /** Returns one of all cells. */
  static Chart of(Figure figure) {
    return new Chart(figure, "", "", Pattern.compile("(.*)"));
  }

  /** Returns one of some cells. */
  static Chart of(Figure figure, String name, String words, String cells) {
    return new Chart(figure, "-" + name, ", " + words, Pattern.compile(cells));
  }

  /** Tells whether a cell is in it. */
  boolean shows(String shortName) {
    return cells.matcher(shortName).matches();
  }

  /** Returns what of the name of a cell is not the same for all. */
  String label(String shortName) {
    return cells.matcher(shortName).replaceFirst("$1");
  }

  /** Returns what it shows, in words. */
  String title() {
    return figure.label() + ", " + figure.unit() + words;
  }

  /** Returns a name for its file. */
  String fileName() {
    return figure.name().toLowerCase(Locale.ROOT).replace('_', '-') + name + ".svg";
  }
}
