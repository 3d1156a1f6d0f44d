// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo.Rhythm;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Link.Queue;
import io.culvert.benchmarks.process.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** All cells of the suite, in the order in which they are measured and shown. Stateless. */
public final class Catalogue {
  private static final long MIB = 1 << 20;
  private static final long[] LIMITED = {10_000_000, 1_000_000, 100_000};
  private static final int[] ROUND_TRIPS = {2, 100};
  private static final int[] STREAMS = {1, 4, 16};
  private static final int SOME = 4;
  private static final Stretches FULL = Stretches.FULL;
  private static final Link ONE_MEGABYTE = new Link(1_000_000, 2, Queue.DEEP);

  private Catalogue() {}

  /** Returns all cells, families in the order of the report, in a family by links. */
  public static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    both(
        cells,
        way -> new ThroughputCell("throughput/" + way.label(), way, 1024 * MIB, 512 * MIB, 3));
    both(cells, way -> new ThroughputCell("cold/" + way.label(), way, 0, 128 * MIB, 1));
    cells.add(new ConnectionRateCell(64, Duration.ofSeconds(5), Duration.ofSeconds(10)));
    cells.add(new CrowdCell("connections/64-at-once", 64, 64, 1_000_000));
    cells.add(new CrowdCell("connections/500-at-once", 500, 500, 200_000));
    cells.add(new CrowdCell("connections/10000-short", 10_000, 16, 1_000));
    cells.add(idle(Link.UNLIMITED));
    for (Link link : links()) {
      cells.add(idle(link));
      for (Direction direction : Direction.values()) {
        for (int streams : STREAMS) {
          cells.add(beside("echo", link, direction, streams, Rhythm.STEADY));
        }
      }
    }
    both(cells, way -> beside("sparse", ONE_MEGABYTE, way, SOME, Rhythm.SPARSE));
    for (Link link :
        List.of(
            new Link(1_000_000, 2, Queue.SMALL),
            ONE_MEGABYTE,
            new Link(1_000_000, 50, Queue.DEEP))) {
      both(cells, way -> beside("clock", link, way, SOME, Rhythm.CLOCK));
    }
    for (boolean known : new boolean[] {true, false}) {
      both(cells, way -> new LateEchoCell(ONE_MEGABYTE, way, SOME, known, FULL));
    }
    both(cells, way -> new RateHalvedCell(ONE_MEGABYTE, way, SOME, FULL));
    for (Link link : List.of(Link.UNLIMITED, ONE_MEGABYTE)) {
      both(cells, way -> new FairnessCell(link, way, 8, FULL));
    }
    for (Link link : List.of(Link.UNLIMITED, ONE_MEGABYTE)) {
      both(cells, way -> new WeightsCell(link, way, FULL));
    }
    for (long rate : LIMITED) {
      if (rate == ONE_MEGABYTE.bytesPerSecond()) {
        both(cells, way -> configured(new Link(rate, 2, Queue.SMALL), way));
      }
      both(cells, way -> configured(new Link(rate, 2, Queue.DEEP), way));
    }
    both(cells, way -> new StalledCell(way, Duration.ofSeconds(5), Duration.ofSeconds(50)));
    return List.copyOf(cells);
  }

  private static void both(List<Cell> cells, Function<Direction, Cell> cell) {
    for (Direction direction : Direction.values()) {
      cells.add(cell.apply(direction));
    }
  }

  private static Cell idle(Link link) {
    return new EchoIdleCell(link, Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  private static Cell beside(
      String family, Link link, Direction direction, int streams, Rhythm rhythm) {
    String name = family + "/" + direction.label() + "-" + streams + "/" + link.name();
    return new EchoBesideBulkCell(name, link, direction, streams, rhythm, FULL);
  }

  private static Cell configured(Link link, Direction direction) {
    String rate = Long.toString(link.bytesPerSecond());
    return new ConfiguredCell(
        beside("configured", link, direction, SOME, Rhythm.STEADY),
        Settings.of("io.culvert.StreamBridge", "link.rate", rate));
  }

  /** By rate, queue and round trip. */
  private static List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int roundTrip : ROUND_TRIPS) {
      links.add(new Link(0, roundTrip, Queue.DEEP));
    }
    for (long rate : LIMITED) {
      for (Queue queue : Queue.values()) {
        for (int roundTrip : ROUND_TRIPS) {
          links.add(new Link(rate, roundTrip, queue));
        }
      }
    }
    links.add(links.indexOf(ONE_MEGABYTE) + 1, new Link(1_000_000, 50, Queue.DEEP));
    return links;
  }

  /**
   * Returns the cells whose whole name matches one of some patterns, such as {@code echo/idle/*}.
   *
   * @param patterns names with asterisks for any characters, none for all cells.
   */
  public static List<Cell> matching(List<String> patterns) {
    return all().stream()
        .filter(
            cell ->
                patterns.isEmpty()
                    || patterns.stream().anyMatch(pattern -> matches(pattern, cell.name())))
        .toList();
  }

  private static boolean matches(String pattern, String name) {
    return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }
}
