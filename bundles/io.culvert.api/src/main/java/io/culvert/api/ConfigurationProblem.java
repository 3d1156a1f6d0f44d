// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with, or odd about, one key of a configuration. Never holds a secret.
 *
 * @param key the key.
 * @param value the value, absent if it is a secret or there is none.
 * @param message what is allowed, or what is odd.
 */
public record ConfigurationProblem(String key, @Nullable String value, String message) {
  /** Returns one line: key, value and message. */
  @Override
  public String toString() {
    return key + (value == null ? "" : " '" + value + "'") + ": " + message;
  }
}
