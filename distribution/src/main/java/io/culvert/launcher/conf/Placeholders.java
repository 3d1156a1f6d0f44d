// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds placeholders such as {@code $[secret:NAME]} in the values of configurations. Stateless. */
final class Placeholders {
  private static final Pattern SECRET = Pattern.compile("\\$\\[secret:([^;\\[\\]$]+)");
  private static final Pattern ANY = Pattern.compile("\\$\\[(?:env|prop|secret):[^;\\[\\]$]+");
  private static final Pattern BARE = Pattern.compile("\\$\\[(?:env|prop|secret):[^;\\[\\]$]+]");

  private Placeholders() {}

  /** Returns the names of the files that a configuration takes secrets from. */
  static Set<String> secrets(Collection<?> values) {
    return values.stream()
        .flatMap(Placeholders::texts)
        .flatMap(text -> SECRET.matcher(text).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns a placeholder that is still in a value, without what may follow its name. */
  static Optional<String> left(Object value) {
    return texts(value)
        .flatMap(text -> ANY.matcher(text).results())
        .map(found -> found.group() + "]")
        .findFirst();
  }

  /** Returns whether a value is a placeholder and nothing else, not even a default. */
  static boolean isBare(Object value) {
    return value instanceof String text && BARE.matcher(text).matches();
  }

  /** Returns the texts of a value, which may be one or several. */
  static Stream<String> texts(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.stream(array).flatMap(Placeholders::texts);
    }
    if (value instanceof Collection<?> collection) {
      return collection.stream().flatMap(Placeholders::texts);
    }
    return value instanceof String text ? Stream.of(text) : Stream.empty();
  }
}
