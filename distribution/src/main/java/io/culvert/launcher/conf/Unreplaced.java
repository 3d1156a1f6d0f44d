// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

/** Says of a placeholder why nothing replaces it, where no component can say it. Stateless. */
final class Unreplaced {
  private Unreplaced() {}

  /** Returns a sentence about a placeholder such as {@code $[secret:NAME]}. */
  static String sentence(String placeholder) {
    int colon = placeholder.indexOf(':');
    String name = placeholder.substring(colon + 1, placeholder.length() - 1);
    String missing =
        switch (placeholder.substring(2, colon)) {
          case "env" -> "there is no environment variable " + name;
          case "secret" ->
              "there is no file " + name + " in the folder of secrets, or it may not be read";
          default -> "neither the framework nor Java has a property " + name;
        };
    return "nothing replaces " + placeholder + ": " + missing;
  }
}
