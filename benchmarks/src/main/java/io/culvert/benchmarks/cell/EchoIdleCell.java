// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Latency;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;

/**
 * Echoes one after the other while nothing else goes through the tunnel.
 *
 * @param link the link.
 * @param warmUp how long before they count.
 * @param time how long they count.
 */
public record EchoIdleCell(Link link, Duration warmUp, Duration time) implements Cell {
  @Override
  public String name() {
    return "echo/idle/" + link.name();
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    try (Echo echo = rig.clients().echo(rig.address(ECHO), Echo.Rhythm.AT_ONCE)) {
      echo.start();
      Course course = new Course();
      course.pass(warmUp);
      long from = course.now();
      course.pass(time);
      Latency latency = echo.stop(Course.PATIENCE).between(from, course.now());
      figures.put(Figure.P50, latency.percentile(50));
      figures.put(Figure.P99, latency.percentile(99));
      figures.put(Figure.WORST, latency.worst());
      figures.put(Figure.ECHOES, latency.count());
    }
  }
}
