// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;

/** A package that only a newer Java has is used where it is there, and is no condition. */
final class NoJavaImports implements Rule {
  @Override
  public List<String> complaints(FinishedBundle bundle) {
    return bundle.imports().keySet().stream()
        .filter(name -> name.startsWith("java."))
        .map(name -> "imports " + name)
        .toList();
  }
}
