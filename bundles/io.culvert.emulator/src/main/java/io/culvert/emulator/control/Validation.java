// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a request, so that one answer names all of it, in the words of AWS.
 * For one request; not safe for several threads.
 */
final class Validation {
  private final List<String> errors = new ArrayList<>();

  /** Checks that a member is there. */
  void require(String path, @Nullable Object value) {
    if (value == null) {
      errors.add(
          "Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }
  }

  /** Checks a member, if it is there. */
  void check(String path, @Nullable String value, TextRule rule) {
    if (value != null) {
      rule.broken(value).forEach(constraint -> add(path, value, constraint));
    }
  }

  /** Checks each element of a list of strings, if the list is there. */
  void checkEach(String path, @Nullable List<String> values, TextRule rule) {
    if (values != null && values.stream().anyMatch(value -> !rule.broken(value).isEmpty())) {
      add(path, values, "Member must satisfy constraint: [" + String.join(", ", rule.all()) + "]");
    }
  }

  /** Checks the size of a list, if it is there. */
  void size(String path, @Nullable List<?> list, int min, int max) {
    if (list != null) {
      size(path, list, list.size(), min, max);
    }
  }

  /** Checks the size of a list that is shown in a way of its own. */
  void size(String path, Object shown, int size, int min, int max) {
    if (size < min) {
      add(path, shown, TextRule.LENGTH + "greater than or equal to " + min);
    }
    if (size > max) {
      add(path, shown, TextRule.LENGTH + "less than or equal to " + max);
    }
  }

  /** Checks a number, if it is there. */
  void range(String path, @Nullable Integer value, int min, int max) {
    if (value != null && value < min) {
      add(path, value, "Member must have value greater than or equal to " + min);
    }
    if (value != null && value > max) {
      add(path, value, "Member must have value less than or equal to " + max);
    }
  }

  /** Checks that a member is one of some words, if it is there. */
  void oneOf(String path, @Nullable String value, List<String> words) {
    if (value != null && !words.contains(value)) {
      add(path, value, "Member must satisfy enum value set: " + words);
    }
  }

  /** Ends the request if anything was wrong. */
  void verify() throws ApiException {
    if (!errors.isEmpty()) {
      String noun = errors.size() == 1 ? " validation error" : " validation errors";
      throw ApiException.invalid(errors.size() + noun + " detected: " + String.join("; ", errors));
    }
  }

  private void add(String path, Object value, String constraint) {
    errors.add(
        "Value '" + value + "' at '" + path + "' failed to satisfy constraint: " + constraint);
  }
}
