// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Latency;
import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;

/**
 * Bulk alone for a long time, then somebody begins to type: the first echo counts, too.
 *
 * @param link the link.
 * @param direction which way bulk goes.
 * @param streams how many streams.
 * @param stretches how long each part takes.
 */
public record LateEchoCell(Link link, Direction direction, int streams, Stretches stretches)
    implements Cell {
  @Override
  public String name() {
    return "late/" + direction.label() + "-" + streams + "/" + link.name();
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    try (Streams bulk = Streams.start(rig, direction, streams)) {
      Course course = new Course();
      course.pass(stretches.alone());
      Goodput goodput = new Goodput(bulk, link);
      try (Echo echo = rig.clients().echo(rig.address(ECHO), Echo.Rhythm.STEADY)) {
        echo.start();
        long from = course.now();
        course.pass(stretches.steady());
        goodput.stop(figures);
        Samples samples = echo.stop(Course.PATIENCE);
        Latency latency = samples.since(from);
        figures.put(Figure.FIRST, samples.first());
        figures.put(Figure.P50, latency.percentile(50));
        figures.put(Figure.P99, latency.percentile(99));
        figures.put(Figure.WORST, latency.worst());
        figures.put(Figure.ECHOES, latency.count());
      }
    }
  }
}
