// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.reference.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says where an entry went: PID and key, and the value if it is another than that of the entry.
 *
 * @param tunnel the name of the configuration of a tunnel.
 * @param item the entry.
 */
record Targets(String tunnel, Item item) {

  String of(Map<ConfigKey, Object> taken) {
    Map<String, String> byPid = new LinkedHashMap<>();
    taken.forEach(
        (key, value) ->
            byPid.merge(key.pid(), one(key, value), (first, next) -> first + ", " + next));
    return byPid.entrySet().stream()
        .map(keys -> DraftFile.fullPid(keys.getKey(), tunnel) + " " + keys.getValue())
        .collect(Collectors.joining("; "));
  }

  private String one(ConfigKey key, Object value) {
    return key.isSecret() || isAsGiven(value) ? key.key() : key.key() + " = " + value;
  }

  private boolean isAsGiven(Object value) {
    String given = String.valueOf(item.value());
    if (value instanceof Entries entries) {
      return entries.map().isEmpty()
          || (entries.map().size() == 1 && entries.map().containsValue(given))
          || entries.toString().equals(given.replaceAll("\\s", ""));
    }
    return value.toString().equals(given);
  }
}
