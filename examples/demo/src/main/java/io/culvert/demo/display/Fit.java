// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

/** Makes texts as long as there is room for them. */
final class Fit {
  private Fit() {}

  /** Cuts what is too long; the text must not hold control sequences. */
  static String to(int width, String text) {
    if (text.codePointCount(0, text.length()) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  /** Fills up what is too short. */
  static String left(int width, String text) {
    return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
  }

  /** Fills up what is too short, at its beginning. */
  static String right(int width, String text) {
    return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length()))) + text;
  }
}
