// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The imports that all runtimes have, only in other versions: their ranges must cover these. */
final class ImportRanges implements Rule {
  private static final String SLF4J = "org.slf4j";
  private static final String KURA = "org.eclipse.kura";
  private static final Map<String, String> RANGES =
      Map.ofEntries(
          Map.entry("org.osgi.framework", "[1.8,2)"),
          Map.entry(SLF4J, "[1.7,3)"),
          Map.entry(KURA, "[1.6,2)"),
          Map.entry(KURA + ".cloudconnection.message", "[1.0,2)"),
          Map.entry(KURA + ".cloudconnection.subscriber", "[1.0,2)"),
          Map.entry(KURA + ".cloudconnection.subscriber.listener", "[1.0,2)"),
          Map.entry(KURA + ".configuration", "[1.2,2)"),
          Map.entry(KURA + ".crypto", "[1.3,2)"),
          Map.entry(KURA + ".data", "[1.1,2)"),
          Map.entry(KURA + ".data.listener", "[1.0,2)"),
          Map.entry(KURA + ".message", "[1.4,2)"),
          Map.entry(KURA + ".system", "[1.5,2)"));

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    List<String> complaints = new ArrayList<>();
    bundle
        .imports()
        .forEach(
            (name, range) -> {
              String right = RANGES.get(name.startsWith(SLF4J + ".") ? SLF4J : name);
              if (right == null && name.startsWith(KURA)) {
                complaints.add("imports " + name + ", for which no range is known here");
              } else if (right != null && !right.equals(range)) {
                complaints.add("imports " + name + " " + range + " instead of " + right);
              }
            });
    return complaints;
  }
}
