// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Kura 5 runs on Java 17, Kura 6 on Java 21: manifest and classes must suit both. */
final class Java17 implements Rule {
  private static final String NAMESPACE = "osgi.ee";
  private static final int CLASS_FILES = 61;

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    List<String> complaints = new ArrayList<>();
    List<String> filters = bundle.filters(NAMESPACE);
    if (filters.isEmpty()) {
      complaints.add("does not say which Java it needs");
    }
    for (int feature : new int[] {17, 21}) {
      Requirements java = java(feature);
      filters.stream()
          .filter(filter -> !java.fulfil(filter))
          .forEach(filter -> complaints.add("is not for Java " + feature + ": " + filter));
    }
    bundle
        .classes()
        .forEach(
            (version, names) -> {
              if (version > CLASS_FILES) {
                complaints.add(names.get(0) + " is too new for Java 17: " + version);
              }
            });
    return complaints;
  }

  /** What a framework says of its Java: every version that it is good for. */
  private static Requirements java(int feature) {
    List<Version> versions =
        Stream.concat(
                IntStream.rangeClosed(0, 8).mapToObj(minor -> new Version(1, minor, 0)),
                IntStream.rangeClosed(9, feature).mapToObj(major -> new Version(major, 0, 0)))
            .toList();
    return new Requirements(Map.of(NAMESPACE, "JavaSE", "version", versions));
  }
}
