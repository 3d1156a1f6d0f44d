// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.process.Console;
import io.culvert.launcher.reference.Item;

/**
 * One line of the listing: an entry and what became of it.
 *
 * @param item the entry.
 * @param target where it went; empty if it was dropped.
 */
record Line(Item item, String target) {

  boolean isTaken() {
    return item.isUsable();
  }

  boolean needsALook() {
    return item.verdict().needsALook();
  }

  /** Returns the line as it is printed. */
  @Override
  public String toString() {
    String kind = isTaken() ? "took     " : needsALook() ? "dropped! " : "dropped  ";
    String entry = item.key();
    if (item.value() != null) {
      entry += " = " + (item.value().isEmpty() ? "''" : item.value());
    }
    return Console.oneLine(
        kind
            + item.place().brief()
            + (entry.isEmpty() ? "" : "  " + entry)
            + (isTaken() ? " -> " + target : " because it " + item.problem()));
  }
}
