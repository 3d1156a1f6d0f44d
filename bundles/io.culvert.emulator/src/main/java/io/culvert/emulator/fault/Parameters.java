// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a fault by their names, checked as they are taken. Each check throws {@link
 * IllegalArgumentException} with a sentence that names the value and what is allowed. Immutable.
 */
public final class Parameters {
  private final Map<String, Object> values;

  /**
   * Takes values over, unchecked.
   *
   * @param values strings and numbers by name.
   */
  public Parameters(Map<String, ?> values) {
    this.values = new LinkedHashMap<>(values);
  }

  Map<String, Object> values() {
    return values;
  }

  long number(String name, long lowest, long highest) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": is missing");
    }
    if (value instanceof Long number && number >= lowest && number <= highest) {
      return number;
    }
    if (value instanceof Integer number && number >= lowest && number <= highest) {
      return number;
    }
    throw new IllegalArgumentException(
        name + " '" + value + "': must be a number from " + lowest + " to " + highest);
  }

  int integer(String name, int lowest, int highest) {
    return (int) number(name, lowest, highest);
  }

  /** Like {@link #number}, with a value for what is not given. */
  long number(String name, long lowest, long highest, long otherwise) {
    return values.containsKey(name) ? number(name, lowest, highest) : otherwise;
  }

  Optional<String> text(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw new IllegalArgumentException(name + " '" + value + "': must be a text");
  }
}
