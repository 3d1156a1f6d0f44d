// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Settings;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Another cell, with programs that are configured for it.
 *
 * @param cell the cell.
 * @param settings the settings of both programs.
 */
public record ConfiguredCell(Cell cell, Settings settings) implements Cell {
  @Override
  public String name() {
    return cell.name();
  }

  @Override
  public Link link() {
    return cell.link();
  }

  @Override
  public List<String> services() {
    return cell.services();
  }

  @Override
  public Duration longest() {
    return cell.longest();
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException, InterruptedException {
    cell.measure(rig, figures);
  }
}
