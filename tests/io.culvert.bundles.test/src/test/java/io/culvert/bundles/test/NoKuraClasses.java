// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The signatures of Kura's API are compiled against and never shipped. */
final class NoKuraClasses implements Rule {
  private static final String STUBS = "kura-api-stubs";

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    Stream<String> inside =
        bundle.entries().stream()
            .map(ZipEntry::getName)
            .filter(name -> name.contains("org/eclipse/kura/") || name.contains(STUBS));
    Stream<String> outside =
        bundle.exports().stream().filter(name -> name.startsWith("org.eclipse.kura"));
    return Stream.concat(inside, outside).map(name -> "has Kura's own " + name).toList();
  }
}
