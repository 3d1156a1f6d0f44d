// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

/** Colours, or none. Immutable. */
public enum Ink {
  /** For a terminal. */
  COLOURS,
  /** For everything else, and with {@code NO_COLOR}. */
  NONE;

  /** What matters on a screen full of text: headings, and what to type. */
  public String bold(String text) {
    return in("1", text);
  }

  /** What went well. */
  public String good(String text) {
    return in("32", text);
  }

  /** What failed. */
  public String bad(String text) {
    return in("31", text);
  }

  private String in(String code, String text) {
    return this == NONE ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
