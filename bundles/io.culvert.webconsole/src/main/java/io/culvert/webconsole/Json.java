// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes JSON. Stateless. */
final class Json {
  private Json() {}

  /** Writes a map or a list of such or of texts, or a text; of anything else its text. */
  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
    }
    return value
        .toString()
        .codePoints()
        .mapToObj(Json::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int codePoint) {
    return codePoint == '"' || codePoint == '\\' || codePoint < ' '
        ? "\\u%04x".formatted(codePoint)
        : Character.toString(codePoint);
  }
}
