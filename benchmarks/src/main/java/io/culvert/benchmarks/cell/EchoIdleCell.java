// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.process.Link;
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
    Course course = new Course();
    long from = course.after(warmUp);
    long to = from + time.toNanos();
    try (Echoes echoes =
        Echoes.start(
            rig, Echo.Rhythm.AT_ONCE, all -> Echoes.note(all.between(from, to), figures))) {
      course.pass(warmUp);
      course.pass(time);
    }
  }
}
