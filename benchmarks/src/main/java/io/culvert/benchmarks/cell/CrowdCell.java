// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Crowd;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.util.List;

/**
 * Many connections, each with bytes up and down whose digests are compared.
 *
 * @param name its name.
 * @param connections how many in all.
 * @param atOnce how many of them at a time.
 * @param bytes the bytes of each, in each direction.
 */
public record CrowdCell(String name, int connections, int atOnce, int bytes) implements Cell {
  @Override
  public Link link() {
    return Link.UNLIMITED;
  }

  @Override
  public List<String> services() {
    return List.of(BULK);
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    Crowd crowd =
        Crowd.run(
            atOnce,
            number -> number < connections,
            () -> rig.clients().exchange(rig.address(BULK), bytes),
            all -> note(all, figures));
    figures.put(Figure.CONNECTIONS, crowd.perSecond());
    crowd.check();
  }

  /** Notes what became of all, or of those up to the end of a program. */
  static void note(Crowd crowd, Figures figures) {
    figures.put(Figure.RIGHT, crowd.succeeded());
    figures.put(Figure.WRONG, crowd.failed());
  }
}
