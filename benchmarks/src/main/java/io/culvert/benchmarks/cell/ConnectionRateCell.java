// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Crowd;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Connections as fast as they go: opened, used for one echo, closed.
 *
 * @param atOnce how many at a time.
 * @param warmUp how long before they count.
 * @param time how long they count.
 */
public record ConnectionRateCell(int atOnce, Duration warmUp, Duration time) implements Cell {
  @Override
  public String name() {
    return "connections/rate-" + atOnce;
  }

  @Override
  public Link link() {
    return Link.UNLIMITED;
  }

  @Override
  public List<String> services() {
    return List.of(ECHO);
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    visit(rig, warmUp, ConnectionRateCell::ignore);
    Crowd crowd = visit(rig, time, all -> CrowdCell.note(all, figures));
    figures.put(Figure.CONNECTIONS, crowd.perSecond());
    crowd.check();
  }

  private static void ignore(Crowd crowd) {}

  private Crowd visit(Rig rig, Duration limit, Consumer<Crowd> note) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    return Crowd.run(
        atOnce,
        number -> System.nanoTime() - end < 0,
        () -> rig.clients().visit(rig.address(ECHO)),
        note);
  }
}
