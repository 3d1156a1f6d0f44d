// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.util.List;

/**
 * Equal streams of bulk side by side: how equal is what they get.
 *
 * @param link the link.
 * @param direction which way bulk goes.
 * @param streams how many streams.
 * @param stretches how long each part takes.
 */
public record FairnessCell(Link link, Direction direction, int streams, Stretches stretches)
    implements Cell {
  @Override
  public String name() {
    return "fairness/" + direction.label() + "-" + streams + "/" + link.name();
  }

  @Override
  public List<String> services() {
    return List.of(BULK);
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    try (Streams bulk = Streams.equal(rig, direction, streams)) {
      bulk.start();
      Course course = new Course();
      course.pass(stretches.start());
      Goodput goodput = new Goodput(bulk, link);
      course.pass(stretches.steady());
      goodput.stop(figures);
    }
  }
}
