// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.load.Samples.RoundTrip;
import io.culvert.benchmarks.load.Stalled;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;

/**
 * Bytes for a reader on one service that takes none, and echoes on another. At first they wait in a
 * buffer; when that is full, the tunnel has to wait, and the echoes with it, until the program
 * gives up the reader. So the slowest echo says when that was.
 *
 * @param direction which way the bytes go.
 * @param idle with echoes alone.
 * @param stalled the rest, the time until the program gives up included.
 */
public record StalledCell(Direction direction, Duration idle, Duration stalled) implements Cell {
  /** Slow enough that echoes are seen for seconds before a buffer of megabytes is full. */
  private static final long RATE = 1 << 19;

  /** An echo that takes longer was held up. */
  private static final double HELD_UP_MILLIS = 1000;

  @Override
  public String name() {
    return "stalled/" + direction.label();
  }

  @Override
  public Link link() {
    return Link.UNLIMITED;
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    Course course = new Course();
    long begin = course.now();
    long from = course.after(idle);
    try (Echoes echoes =
        Echoes.start(rig, Echo.Rhythm.STEADY, all -> note(all, begin, from, figures))) {
      course.pass(idle);
      try (Stalled reader = rig.clients().stalled(rig.address(BULK), direction, RATE)) {
        course.pass(stalled);
      }
    }
  }

  private static void note(Samples all, long begin, long from, Figures figures) {
    figures.put(Figure.P99_ALONE, all.between(begin, from).percentile(99));
    RoundTrip slowest = all.slowestSince(from);
    figures.put(Figure.HELD_UP, slowest.millis() / 1000);
    if (slowest.millis() < HELD_UP_MILLIS) {
      figures.put(Figure.P99_FILLING, all.since(from).percentile(99));
    } else {
      figures.put(Figure.P99_FILLING, all.between(from, slowest.start()).percentile(99));
      figures.put(Figure.P99_AFTER, all.since(slowest.end()).percentile(99));
    }
  }
}
