// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.process.Child;
import io.culvert.benchmarks.process.End;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;

/** Counts the processor time of all processes of a rig from its making on. */
final class CpuMeter {
  private static final double GIB = 1L << 30;

  private final Rig rig;
  private final double source;
  private final double destination;
  private final double service;

  CpuMeter(Rig rig) throws IOException {
    this.rig = rig;
    source = seconds(rig.process(End.SOURCE));
    destination = seconds(rig.process(End.DESTINATION));
    service = seconds(rig.service().process());
  }

  /** Notes what was used up to now, for so many bytes. */
  void note(long bytes, Figures figures) throws IOException {
    double gib = bytes / GIB;
    figures.put(Figure.SOURCE_CPU, (seconds(rig.process(End.SOURCE)) - source) / gib);
    figures.put(
        Figure.DESTINATION_CPU, (seconds(rig.process(End.DESTINATION)) - destination) / gib);
    figures.put(Figure.SERVICE_CPU, (seconds(rig.service().process()) - service) / gib);
  }

  private static double seconds(Child process) throws IOException {
    return process.usage().cpuSeconds();
  }
}
