// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Link.Queue;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void noTwoCellsHaveOneName() {
    assertThat(Catalogue.all()).extracting(Cell::name).doesNotHaveDuplicates();
  }

  @Test
  void aPatternIsTheWholeNameWithAsterisksForAnything() {
    assertThat(Catalogue.matching(List.of("throughput/*", "cold/up")))
        .extracting(Cell::name)
        .containsExactly("throughput/up", "throughput/down", "cold/up");
    assertThat(Catalogue.matching(List.of("throughput", "echo.*"))).isEmpty();
    assertThat(Catalogue.matching(List.of())).isEqualTo(Catalogue.all());
  }

  @Test
  void cellsOfAFamilyAreSideBySide() {
    List<String> families =
        Catalogue.all().stream().map(cell -> cell.name().replaceFirst("/.*", "")).toList();

    for (String family : families) {
      assertThat(families.subList(families.indexOf(family), families.lastIndexOf(family) + 1))
          .containsOnly(family);
    }
  }

  @Test
  void echoesAreByRateQueueAndRoundTripAndThenByStreams() {
    assertThat(Catalogue.matching(List.of("echo/idle/*")))
        .extracting(cell -> cell.link().name())
        .startsWith("unlimited-0ms", "unlimited-2ms", "unlimited-100ms", "10MBps-small-2ms")
        .containsSubsequence("1MBps-small-100ms", "1MBps-deep-2ms", "1MBps-deep-50ms")
        .endsWith(
            "100kBps-small-2ms", "100kBps-small-100ms", "100kBps-deep-2ms", "100kBps-deep-100ms");
    assertThat(Catalogue.matching(List.of("echo/*/1MBps-deep-50ms")))
        .extracting(cell -> cell.name().split("/")[1])
        .containsExactly("idle", "up-1", "up-4", "up-16", "down-1", "down-4", "down-16");
  }

  @Test
  void everyServiceCanHalveTheRoundTrips() {
    assertThat(Catalogue.all())
        .allSatisfy(cell -> assertThat(cell.link().roundTripMillis() % 2).isZero());
  }

  @Test
  void programsAreComparedWithNothingButThemselvesInTheWayToo() {
    assertThat(Catalogue.matching(List.of("echo/idle/unlimited-*")))
        .extracting(cell -> cell.link().roundTripMillis())
        .contains(0, 100);
  }

  @Test
  void linksAreNamedByRateQueueAndRoundTrip() {
    assertThat(Link.UNLIMITED.name()).isEqualTo("unlimited-0ms");
    assertThat(new Link(1_000_000, 100, Queue.DEEP).name()).isEqualTo("1MBps-deep-100ms");
    assertThat(new Link(100_000, 2, Queue.SMALL).name()).isEqualTo("100kBps-small-2ms");
  }
}
