// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The content of a configuration file that was applied last. Immutable; holds no value of it.
 *
 * @param digest SHA-256 of the file.
 * @param time when it was applied, in UTC.
 * @param values SHA-256 of what it says.
 */
record AppliedVersion(String digest, String time, String values) {
  /** Returns that of a file that is applied now. */
  static AppliedVersion of(ConfFile file) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new AppliedVersion(file.digest(), now, digest(file.values()));
  }

  /** Returns whether a configuration says what the file said. */
  boolean says(Map<String, Object> configuration) {
    return values.equals(digest(configuration));
  }

  @Override
  public String toString() {
    return "its last good version (applied " + time + ")";
  }

  /** Upper and lower case make no difference in keys, and neither does their order. */
  private static String digest(Map<String, Object> configuration) {
    Map<String, Object> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(configuration);
    return Sha256.of(
        sorted.entrySet().stream()
            .map(entry -> entry.getKey().toLowerCase(Locale.ROOT) + text(entry.getValue()))
            .collect(Collectors.joining("\n")));
  }

  private static String text(Object value) {
    return value.getClass().getSimpleName() + Arrays.deepToString(new Object[] {value});
  }
}
