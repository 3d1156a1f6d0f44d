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
    try (Echo echo = rig.clients().echo(rig.address(ECHO), Echo.Rhythm.STEADY);
        Streams bulk = Streams.start(rig, direction, streams)) {
      echo.start();
      Course course = new Course();
      course.pass(stretches.start().plus(stretches.start()));
      Link half = new Link(link.bytesPerSecond() / 2, link.roundTripMillis(), link.queue());
      rig.service().limitRate(half.bytesPerSecond());
      long from = System.nanoTime();
      Goodput goodput = new Goodput(bulk, half);
      course.pass(stretches.steady());
      goodput.stop(figures);
      Samples samples = echo.stop(Course.PATIENCE);
      Latency latency = samples.since(from);
      figures.put(Figure.ABOVE_100, samples.secondsLate(NOTICEABLE, from));
      figures.put(Figure.P50, latency.percentile(50));
      figures.put(Figure.P99, latency.percentile(99));
      figures.put(Figure.WORST, latency.worst());
      figures.put(Figure.ECHOES, latency.count());
    }
  }
}
