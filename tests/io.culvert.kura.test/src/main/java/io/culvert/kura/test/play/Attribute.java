// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * One value of a form.
 *
 * @param id its key.
 * @param type the metatype's name of the type.
 * @param many whether it is an array.
 * @param standard the default, empty for none.
 */
record Attribute(String id, String type, boolean many, String standard) {
  static Attribute of(Element element) {
    String cardinality = element.getAttribute("cardinality");
    return new Attribute(
        element.getAttribute("id"),
        element.getAttribute("type"),
        !cardinality.isEmpty() && Math.abs((long) Integer.parseInt(cardinality)) > 1,
        element.getAttribute("default"));
  }

  /** Returns the default as an object of the type that Kura makes of it. */
  Object standardValue() {
    String[] texts = many ? standard.split(",", -1) : new String[] {standard};
    Object[] values =
        switch (type) {
          case "String", "Password" -> texts;
          case "Boolean" -> Stream.of(texts).map(Boolean::valueOf).toArray(Boolean[]::new);
          case "Integer" -> Stream.of(texts).map(Integer::valueOf).toArray(Integer[]::new);
          case "Long" -> Stream.of(texts).map(Long::valueOf).toArray(Long[]::new);
          default -> throw new IllegalArgumentException(id + " has the type " + type);
        };
    return many ? values : values[0];
  }
}
