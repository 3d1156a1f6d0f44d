// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import io.culvert.benchmarks.result.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream as fast as it goes: bytes per second, and what they cost each process.
 *
 * @param name its name.
 * @param direction which way.
 * @param warmUpBytes moved before, 0 to measure a cold start.
 * @param bytes moved by each transfer that is measured.
 * @param transfers how many of them; the median counts.
 */
public record ThroughputCell(
    String name, Direction direction, long warmUpBytes, long bytes, int transfers) implements Cell {
  private static final double MIB = 1 << 20;

  @Override
  public Link link() {
    return Link.UNLIMITED;
  }

  @Override
  public List<String> services() {
    return List.of(BULK);
  }

  @Override
  public void measure(Rig rig, Figures figures) throws IOException {
    if (warmUpBytes > 0) {
      rig.clients().transfer(rig.address(BULK), direction, warmUpBytes);
    }
    CpuMeter meter = new CpuMeter(rig);
    List<Double> rates = new ArrayList<>();
    for (int i = 1; i <= transfers; i++) {
      rates.add(bytes / MIB / rig.clients().transfer(rig.address(BULK), direction, bytes));
      figures.put(Figure.THROUGHPUT, Median.of(rates));
      meter.note(i * bytes, figures);
    }
  }
}
