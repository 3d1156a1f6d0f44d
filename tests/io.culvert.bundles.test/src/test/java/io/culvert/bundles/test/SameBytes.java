// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Two builds of one commit give the same bytes: nothing tells when, where or by what. */
final class SameBytes implements Rule {
  /** The time that the root pom gives to all entries. */
  static final LocalDateTime TIME =
      LocalDateTime.ofInstant(Instant.parse(System.getProperty("build.time")), ZoneOffset.UTC);

  private static final List<String> OF_A_BUILD =
      List.of("Created-By", "Build-Jdk", "Build-Jdk-Spec", "Built-By", "Bnd-LastModified", "Tool");

  @Override
  public List<String> complaints(FinishedBundle bundle) {
    Stream<String> headers =
        OF_A_BUILD.stream()
            .filter(header -> bundle.headers().get(header) != null)
            .map(header -> "has the header " + header);
    Stream<String> times =
        bundle.entries().stream()
            .filter(entry -> !entry.getTimeLocal().equals(TIME))
            .map(ZipEntry::getName)
            .limit(1)
            .map(name -> name + " has not the time of all entries");
    return Stream.concat(headers, times).toList();
  }
}
