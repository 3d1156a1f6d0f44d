// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;
import java.util.stream.Stream;

/** All bundles but one run where there is no Kura. */
final class KuraOnlyInAdapter implements Rule {
  static final String ADAPTER = "io.culvert.kura";
  private static final String KURA = "org.eclipse.kura";

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    if (bundle.symbolicName().equals(ADAPTER)) {
      return List.of();
    }
    return Stream.concat(
            bundle.imports().keySet().stream(),
            bundle.headers().getRequireBundle().keySet().stream())
        .filter(name -> name.startsWith(KURA))
        .map(name -> "needs " + name + ", which only " + ADAPTER + " may")
        .toList();
  }
}
