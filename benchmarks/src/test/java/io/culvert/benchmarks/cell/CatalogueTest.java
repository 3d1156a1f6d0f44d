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
        .containsExactly("throughput/up", "cold/up", "throughput/down");
    assertThat(Catalogue.matching(List.of("throughput", "echo.*"))).isEmpty();
    assertThat(Catalogue.matching(List.of())).isEqualTo(Catalogue.all());
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
