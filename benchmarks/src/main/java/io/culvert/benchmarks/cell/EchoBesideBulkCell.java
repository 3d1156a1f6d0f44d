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
import java.time.Duration;

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
    Course course = new Course();
    long begin = course.now();
    long start = course.after(stretches.idle());
    long steady = start + stretches.start().toNanos();
    try (Streams bulk = Streams.equal(rig, direction, streams);
        Echoes echoes =
            Echoes.start(rig, rhythm, all -> note(rhythm, all, begin, start, steady, figures))) {
      course.pass(stretches.idle());
      bulk.start();
      course.pass(stretches.start());
      Goodput goodput = new Goodput(bulk, link);
      course.pass(stretches.steady());
      goodput.stop(figures);
    }
  }

  private static void note(
      Echo.Rhythm rhythm, Samples all, long begin, long start, long steady, Figures figures) {
    double alone = all.between(begin, start).percentile(50);
    Duration usual = Duration.ofNanos((long) (alone * 1e6));
    Latency counted = all.since(steady, rhythm.usualNanos(usual));
    Echoes.note(counted, figures);
    figures.put(Figure.P99_ADDED, counted.percentile(99) - alone);
    figures.put(Figure.WORST_START, all.between(start, steady).worst());
  }
}
