// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a string of the API has to be like. Immutable. */
final class TextRule {
  static final String LENGTH = "Member must have length ";

  static final TextRule TUNNEL_ID = pattern("[a-zA-Z0-9_\\-+=:]{1,128}");
  static final TextRule DESCRIPTION = pattern("[^\\p{C}]{1,2048}");
  static final TextRule NEXT_TOKEN = pattern("[a-zA-Z0-9_=-]{1,4096}");
  static final TextRule NAME = new TextRule(1, 128, "[a-zA-Z0-9:_-]+");
  static final TextRule TAG_KEY = new TextRule(1, 128, "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
  static final TextRule TAG_VALUE = new TextRule(0, 256, "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
  static final TextRule RESOURCE_NAME = new TextRule(1, 1011, null);

  private final int min;
  private final int max;
  private final @Nullable Pattern pattern;

  private TextRule(int min, int max, @Nullable String pattern) {
    this.min = min;
    this.max = max;
    this.pattern = pattern == null ? null : Pattern.compile(pattern);
  }

  private static TextRule pattern(String pattern) {
    return new TextRule(0, Integer.MAX_VALUE, pattern);
  }

  /** Returns the constraints that a value does not satisfy. */
  List<String> broken(String value) {
    List<String> broken = new ArrayList<>();
    int length = value.codePointCount(0, value.length());
    if (length > max) {
      broken.add(atMost());
    }
    if (length < min) {
      broken.add(atLeast());
    }
    if (pattern != null && !pattern.matcher(value).matches()) {
      broken.add(matching(pattern));
    }
    return broken;
  }

  /** Returns all constraints. */
  List<String> all() {
    List<String> all = new ArrayList<>();
    if (max < Integer.MAX_VALUE) {
      all.add(atMost());
      all.add(atLeast());
    }
    if (pattern != null) {
      all.add(matching(pattern));
    }
    return all;
  }

  private String atMost() {
    return LENGTH + "less than or equal to " + max;
  }

  private String atLeast() {
    return LENGTH + "greater than or equal to " + min;
  }

  private static String matching(Pattern pattern) {
    return "Member must satisfy regular expression pattern: " + pattern.pattern();
  }
}
