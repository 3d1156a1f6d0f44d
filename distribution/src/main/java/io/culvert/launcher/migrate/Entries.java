// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.ConfigKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of a key that holds a list of {@code name=value}. Immutable.
 *
 * @param map values by name, in order; the empty name stands for a value alone.
 */
record Entries(Map<String, String> map) {
  /** A list that something decides on which adds nothing to it. */
  static final Entries NONE = new Entries(Map.of());

  Entries {
    map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  static Entries of(String name, String value) {
    return new Entries(Map.of(name, value));
  }

  /** Returns these and others; of a name that comes twice the first counts. */
  Entries plus(Entries more) {
    Map<String, String> all = new LinkedHashMap<>(map);
    more.map.forEach(all::putIfAbsent);
    return new Entries(all);
  }

  List<String> pairs() {
    return List.of(ConfigKey.pairs(map));
  }

  /** Returns whether a text has one of these in quotes. */
  boolean isQuoted(String text) {
    return pairs().stream().anyMatch(pair -> text.contains("'" + pair + "'"));
  }

  @Override
  public String toString() {
    return String.join(",", pairs());
  }
}
