// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.util.List;
import java.util.stream.Stream;

/** What a bundle carries inside is its own: Kura has Netty and protobuf in other versions. */
final class PrivateLibraries implements Rule {
  private static final List<String> INSIDE =
      List.of(
          "io.netty",
          "com.fasterxml.jackson",
          "com.google.protobuf",
          "io.culvert.config",
          "io.culvert.wire",
          "io.culvert.proto",
          "org.jctools",
          "org.jspecify");

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    return Stream.concat(
            complaints("imports", bundle.imports().keySet().stream()),
            complaints("exports", bundle.exports().stream()))
        .toList();
  }

  private static Stream<String> complaints(String does, Stream<String> packages) {
    return packages
        .filter(name -> INSIDE.stream().anyMatch(name::startsWith))
        .map(name -> does + " " + name + ", which is to stay inside");
  }
}
