// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds placeholders that are still in a value, as the interpolation of Felix's ConfigAdmin found
 * nothing to put in their place. Stateless.
 */
final class Unreplaced {
  /** Without the default that may follow the name: it may be a secret. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\[(env|secret|prop|conf):([^];]*)");

  private Unreplaced() {}

  /** Returns a sentence for each placeholder in a text: where its value was looked for. */
  static List<String> in(String text) {
    return PLACEHOLDER.matcher(text).results().map(Unreplaced::sentence).toList();
  }

  private static String sentence(MatchResult placeholder) {
    String name = placeholder.group(2);
    String missing =
        switch (placeholder.group(1)) {
          case "env" -> "there is no environment variable " + name;
          case "secret" ->
              "there is no file " + name + " in the folder of secrets, or it may not be read";
          case "prop" -> "neither the framework nor Java has a property " + name;
          default -> "the same configuration has no key " + name;
        };
    return "nothing replaces " + placeholder.group() + "]: " + missing;
  }
}
