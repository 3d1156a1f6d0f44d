// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads lists in which each entry says something of one service. */
final class ServiceEntries {
  private static final Pattern SERVICE_ID = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  /** Where a service id stands; an example of an entry follows. */
  static final String WITH_ID = ", alone or after ID= with a service id, such as ";

  private ServiceEntries() {}

  /** Tells whether a text can be a service id. */
  static boolean isId(String text) {
    return SERVICE_ID.matcher(text).matches();
  }

  /**
   * Reads entries of the form ID=value, or one value without an id.
   *
   * @param parser makes a value, or throws an {@link IllegalArgumentException} that says what is
   *     allowed.
   * @return values by service id, the one without an id under the empty id, in their order.
   */
  static <T> Map<String, T> read(Values values, String key, Function<String, T> parser) {
    Map<String, T> entries = new LinkedHashMap<>();
    for (String text : values.texts(key)) {
      int equals = text.indexOf('=');
      String id = equals < 0 ? "" : text.substring(0, equals).trim();
      String value = text.substring(equals + 1).trim();
      if (equals >= 0 && !isId(id)) {
        values.problem(
            key,
            text,
            "the service id before '=' must be 1 to 128 letters, digits, ':', '_' or '-'");
        continue;
      }
      if (entries.containsKey(id)) {
        values.problem(
            key,
            text,
            id.isEmpty()
                ? "only one may be without ID= before it, and " + entries.get(id) + " already is"
                : "the service already has " + entries.get(id));
        continue;
      }
      try {
        entries.put(id, parser.apply(value));
      } catch (IllegalArgumentException e) {
        String hint =
            value.indexOf(',') >= 0 ? "; several are written as a list, not with commas" : "";
        values.problem(key, text, e.getMessage() + hint);
      }
    }
    return entries;
  }
}
