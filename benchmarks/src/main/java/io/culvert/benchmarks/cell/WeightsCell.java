// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Settings;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.util.List;

/**
 * Three services with the weights 1, 2 and 4, a stream of bulk on each: whether they get that.
 *
 * @param link the link.
 * @param direction which way bulk goes.
 * @param stretches how long each part takes.
 */
public record WeightsCell(Link link, Direction direction, Stretches stretches) implements Cell {
  @Override
  public String name() {
    return "weights/" + direction.label() + "/" + link.name();
  }

  @Override
  public List<String> services() {
    return List.of("ONE", "TWO", "FOUR");
  }

  @Override
  public Settings settings() {
    return Settings.of(
        "io.culvert.ServiceMappingConfig", "weights", List.of("ONE=1", "TWO=2", "FOUR=4"));
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    try (Streams bulk = new Streams(rig, direction, services())) {
      bulk.start();
      Course course = new Course();
      course.pass(stretches.start());
      Goodput goodput = new Goodput(bulk, link);
      course.pass(stretches.steady());
      List<Long> moved = goodput.stop(figures);
      double one = moved.get(0);
      figures.put(Figure.WEIGHT_2, moved.get(1) / one);
      figures.put(Figure.WEIGHT_4, moved.get(2) / one);
    }
  }
}
