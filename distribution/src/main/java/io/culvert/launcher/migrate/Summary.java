// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import java.util.ArrayList;
import java.util.List;

/**
 * What the listing ends with: how much was taken, what needs a look, and what to do next.
 *
 * @param lines the lines of the listing.
 * @param files the files that were made of them.
 */
record Summary(List<Line> lines, List<DraftFile> files) {

  /** Returns how many entries were dropped that the user should look at. */
  long doubts() {
    return lines.stream().filter(Line::needsALook).count();
  }

  /** Returns what became of the entries. */
  List<String> counts() {
    long taken = lines.stream().filter(Line::isTaken).count();
    List<String> text = new ArrayList<>();
    text.add(
        "Took "
            + taken
            + " of "
            + (lines.size() == 1 ? "1 entry" : lines.size() + " entries")
            + ", dropped "
            + (lines.size() - taken)
            + ".");
    if (doubts() > 0) {
      text.add(
          "LOOK AT "
              + doubts()
              + " of them, marked 'dropped!': they are wrong, or something is missing without them.");
    }
    return text;
  }

  /** Returns what the user should do with the files. */
  List<String> nextSteps() {
    if (files.isEmpty()) {
      return List.of("No file is needed.");
    }
    List<String> text = new ArrayList<>();
    files.stream()
        .filter(DraftFile::isSecret)
        .forEach(
            file ->
                text.add(
                    "Next: "
                        + file
                        + " holds a token; only its owner can read it, so give it to the user of the"
                        + " gateway."));
    if (text.isEmpty()) {
      text.add(
          "Next: no tunnel yet. Whenever you have an access token, write "
              + DraftFile.tunnel("NAME")
              + ".");
    }
    text.add("Next: start bin/culvert; one that runs follows within two seconds.");
    return text;
  }
}
