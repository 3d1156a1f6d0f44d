// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a program tells of its tunnel, in words for the user. Immutable.
 *
 * @param text what happened.
 */
record TunnelEvent(String text) {
  private static final Pattern LOST = Pattern.compile("next attempt in (\\d+) ms");
  private static final Pattern CONNECTED = Pattern.compile(": connected to \\S+ as ");
  private static final Pattern MAPPED = Pattern.compile("Service mappings changed");

  /** Finds an event in a line of a program's output. */
  static Optional<TunnelEvent> parse(String line) {
    Matcher lost = LOST.matcher(line);
    if (lost.find()) {
      return event("the connection is lost; the next attempt is in " + lost.group(1) + " ms");
    }
    if (CONNECTED.matcher(line).find()) {
      return event("the connection is back");
    }
    return MAPPED.matcher(line).find()
        ? event("the services have been mapped anew")
        : Optional.empty();
  }

  private static Optional<TunnelEvent> event(String text) {
    return Optional.of(new TunnelEvent(text));
  }
}
