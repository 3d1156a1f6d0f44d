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
 * Echoes beside bulk on a link that suddenly becomes half as fast; what comes after that counts.
 *
 * @param link the link before.
 * @param direction which way bulk goes.
 * @param streams how many streams.
 * @param stretches how long each part takes.
 */
public record RateHalvedCell(Link link, Direction direction, int streams, Stretches stretches)
    implements Cell {
  private static final Duration NOTICEABLE = Duration.ofMillis(100);

  @Override
  public String name() {
    return "halved/" + direction.label() + "-" + streams + "/" + link.name();
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    Duration before = stretches.start().multipliedBy(2);
    Link half = new Link(link.bytesPerSecond() / 2, link.roundTripMillis(), link.queue());
    Course course = new Course();
    long from = course.after(before);
    try (Streams bulk = Streams.equal(rig, direction, streams);
        Echoes echoes = Echoes.start(rig, Echo.Rhythm.STEADY, all -> note(all, from, figures))) {
      bulk.start();
      course.pass(before);
      rig.service().limitRate(half.bytesPerSecond());
      Goodput goodput = new Goodput(bulk, half);
      course.pass(stretches.steady());
      goodput.stop(figures);
    }
  }

  private static void note(Samples all, long from, Figures figures) {
    Latency counted = all.since(from, Echo.Rhythm.STEADY.usualNanos(Duration.ZERO));
    if (counted.count() > 0) {
      figures.put(Figure.ABOVE_100, all.secondsLate(NOTICEABLE, from));
    }
    Echoes.note(counted, figures);
  }
}
