// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a file that the user gave, and what is thought of it. Never holds a secret.
 *
 * @param place where it stands.
 * @param key what it is for, as the user wrote it; empty if that cannot be told.
 * @param value the value as it may be shown; null if it must not be, or there is none.
 * @param verdict what is thought of it.
 * @param problem what is wrong with it, to follow "it", such as {@code must be a port}; empty if
 *     nothing is.
 */
public record Item(
    Place place, String key, @Nullable String value, Verdict verdict, String problem) {
  /** What is shown in the place of a secret. */
  public static final String HIDDEN = "****";

  /** Makes one that counts. */
  static Item usable(Place place, String key, String value) {
    return new Item(place, key, value, Verdict.USABLE, "");
  }

  /** Makes one of which no more can be told than what is wrong. */
  static Item wrong(Place place, String problem) {
    return new Item(place, "", null, Verdict.WRONG, problem);
  }

  /**
   * Returns the same with another verdict.
   *
   * @param other the verdict.
   * @param why the problem.
   */
  public Item with(Verdict other, String why) {
    return new Item(place, key, value, other, why);
  }

  /** Returns the same without what the user wrote, which may be a secret in a wrong place. */
  Item withoutText() {
    return new Item(place, "", null, verdict, problem);
  }

  /** Returns whether it counts. */
  public boolean isUsable() {
    return verdict == Verdict.USABLE;
  }

  /** Returns place, key, value and problem in one line. */
  public String message() {
    String shown = value == null ? "" : " '" + value + "'";
    return place + ": " + (key.isEmpty() ? "" : key + shown + ": ") + problem;
  }
}
