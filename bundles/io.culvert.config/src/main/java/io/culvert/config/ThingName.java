// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.util.regex.Pattern;

/** The name of a thing in AWS IoT; see the AWS IoT API reference, "CreateThing". */
public final class ThingName {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  private ThingName() {}

  /**
   * Returns a name as it is, if it is one.
   *
   * @param text what is configured.
   * @return the same.
   * @throws IllegalArgumentException if it is none; the message says what is allowed.
   */
  public static String parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be the name of a thing: letters, digits, : _ and -, 128 at most");
    }
    return text;
  }
}
