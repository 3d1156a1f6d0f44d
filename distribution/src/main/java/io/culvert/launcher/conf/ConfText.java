// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.Collections;
import java.util.Map;

/**
 * A configuration as a text says it. Immutable; {@link #toString()} does not show the values, as
 * they may be secrets. Upper and lower case make no difference in keys.
 *
 * @param values the configuration.
 * @param lines where each key stands; the first line is 1.
 */
public record ConfText(Map<String, Object> values, Map<String, Integer> lines) {
  /** Keeps the maps from being changed. */
  public ConfText {
    values = Collections.unmodifiableMap(values);
    lines = Collections.unmodifiableMap(lines);
  }

  /** Returns the line of a key, 0 if the text does not have it. */
  int line(String key) {
    return lines.getOrDefault(key, 0);
  }

  @Override
  public String toString() {
    return "ConfText" + lines;
  }
}
