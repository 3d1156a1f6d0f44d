// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.Map;

/**
 * What both programs of a pair are configured with besides endpoint, tokens and mappings.
 * Immutable.
 *
 * @param components keys and values by the PID of a component; none for the defaults.
 */
public record Settings(Map<String, Map<String, Object>> components) {
  /** The defaults. */
  public static final Settings NONE = new Settings(Map.of());

  /** Returns one setting, all others at their defaults. */
  public static Settings of(String pid, String key, Object value) {
    return new Settings(Map.of(pid, Map.of(key, value)));
  }

  /** Tells whether there are only defaults. */
  public boolean isNone() {
    return components.isEmpty();
  }
}
