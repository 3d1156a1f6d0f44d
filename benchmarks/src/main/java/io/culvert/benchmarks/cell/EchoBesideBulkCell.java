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
 * Echoes on one service while streams of bulk fill the link on another. At first the echoes are
 * alone; then bulk begins, and after its start the part that counts.
 *
 * @param name its name.
 * @param link the link.
 * @param direction which way bulk goes.
 * @param streams how many streams.
 * @param rhythm how often an echo is sent.
 * @param stretches how long each part takes.
 */
public record EchoBesideBulkCell(
    String name,
    Link link,
    Direction direction,
    int streams,
    Echo.Rhythm rhythm,
    Stretches stretches)
    implements Cell {
  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    try (Echo echo = rig.clients().echo(rig.address(ECHO), rhythm)) {
      echo.start();
      Course course = new Course();
      long idle = course.now();
      course.pass(stretches.idle());
      long start = course.now();
      try (Streams bulk = Streams.start(rig, direction, streams)) {
        course.pass(stretches.start());
        long steady = course.now();
        Goodput goodput = new Goodput(bulk, link);
        course.pass(stretches.steady());
        goodput.stop(figures);
        Samples all = echo.stop(Course.PATIENCE);
        double base = all.between(idle, start).percentile(50);
        Latency counted = all.since(steady);
        figures.put(Figure.P50, counted.percentile(50));
        figures.put(Figure.P99, counted.percentile(99));
        figures.put(Figure.P99_ADDED, counted.percentile(99) - base);
        figures.put(Figure.WORST, counted.worst());
        figures.put(Figure.WORST_START, all.between(start, steady).worst());
        figures.put(Figure.ECHOES, counted.count());
      }
    }
  }
}
