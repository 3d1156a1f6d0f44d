// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;

/**
 * Bulk alone for a long time, then somebody begins to type: the first echo counts, too.
 *
 * @param link the link.
 * @param direction which way bulk goes.
 * @param streams how many streams.
 * @param before whether echoes go through the tunnel before bulk, too; otherwise nothing at all has
 *     come back by then.
 * @param stretches how long each part takes.
 */
public record LateEchoCell(
    Link link, Direction direction, int streams, boolean before, Stretches stretches)
    implements Cell {
  @Override
  public String name() {
    String known = before ? "-known/" : "-new/";
    return "late/" + direction.label() + "-" + streams + known + link.name();
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    Course course = new Course();
    if (before) {
      try (Echoes echoes = Echoes.start(rig, Echo.Rhythm.STEADY, LateEchoCell::ignore)) {
        course.pass(stretches.idle());
      }
    }
    try (Streams bulk = Streams.equal(rig, direction, streams)) {
      bulk.start();
      course.pass(stretches.alone());
      Goodput goodput = new Goodput(bulk, link);
      long from = course.now();
      try (Echoes echoes = Echoes.start(rig, Echo.Rhythm.STEADY, all -> note(all, from, figures))) {
        course.pass(stretches.steady());
        goodput.stop(figures);
      }
    }
  }

  private static void ignore(Samples samples) {}

  private static void note(Samples all, long from, Figures figures) {
    figures.put(Figure.FIRST, all.first());
    Echoes.note(all.since(from, Echo.Rhythm.STEADY.usualNanos(Duration.ZERO)), figures);
  }
}
