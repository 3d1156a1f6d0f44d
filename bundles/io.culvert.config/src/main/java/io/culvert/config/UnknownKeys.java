// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import io.culvert.api.ConfigurationProblem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds keys that nothing reads: a misspelt one would otherwise be taken for a default. Stateless.
 */
final class UnknownKeys {
  /** What frameworks, consoles and Kura add to a configuration; some know only how it begins. */
  private static final Set<String> FOREIGN =
      Set.of(
          "service.pid",
          "service.factoryPid",
          "service.bundleLocation",
          "service.ranking",
          "service.description",
          "service.vendor");

  private static final List<String> FOREIGN_PREFIXES =
      List.of(".", ":", "component.", "kura.", "felix.", "org.", "osgi.", "webconsole.");

  private UnknownKeys() {}

  /** Returns a warning for each unknown key, sorted. */
  static List<ConfigurationProblem> of(
      Metatype metatype, Map<String, ?> properties, KeyOwners owners) {
    List<String> known =
        metatype.attributes().stream().map(Metatype.Attribute::key).sorted().toList();
    return properties.keySet().stream()
        .filter(key -> !known.contains(key) && !isForeign(key))
        .sorted()
        .map(key -> new ConfigurationProblem(key, null, warning(key, known, owners)))
        .toList();
  }

  private static boolean isForeign(String key) {
    return FOREIGN.contains(key) || FOREIGN_PREFIXES.stream().anyMatch(key::startsWith);
  }

  private static String warning(String key, List<String> known, KeyOwners others) {
    Stream<String> near =
        known.stream().filter(other -> distance(key, other) <= other.length() / 2);
    String owners = String.join(" or ", others.of(key));
    return "is no key here and has no effect"
        + (owners.isEmpty() ? "" : "; it belongs to " + owners)
        + near.min(Comparator.comparingInt(other -> distance(key, other)))
            .map(other -> (owners.isEmpty() ? "; " : ", or ") + "did you mean " + other + "?")
            .orElse("");
  }

  /** Returns how many letters have to be added, deleted or replaced, whatever their case. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        char letter = Character.toLowerCase(from.charAt(i - 1));
        int replaced = diagonal + (letter == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
