// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.cell;

import io.culvert.benchmarks.load.Echo;
import io.culvert.benchmarks.load.Latency;
import io.culvert.benchmarks.load.Samples;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The echoes of a cell, from its making on. What there is of them is noted at the end, also if that
 * is the end of a program. One thread.
 */
final class Echoes implements AutoCloseable {
  /** How long the last answer is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Echo echo;
  private final Consumer<Samples> note;

  private Echoes(Echo echo, Consumer<Samples> note) {
    this.echo = echo;
    this.note = note;
  }

  /**
   * Begins.
   *
   * @param note makes figures of all samples, which may be fewer than were to be.
   */
  static Echoes start(Rig rig, Echo.Rhythm rhythm, Consumer<Samples> note) throws IOException {
    Echo echo = rig.clients().echo(rig.address(Cell.ECHO), rhythm);
    echo.start();
    return new Echoes(echo, note);
  }

  /** Notes the figures of the part that counts. */
  static void note(Latency counted, Figures figures) {
    if (counted.count() > 0) {
      figures.put(Figure.P50, counted.percentile(50));
      figures.put(Figure.P99, counted.percentile(99));
      figures.put(Figure.WORST, counted.worst());
      figures.put(Figure.ECHOES, counted.count());
    }
  }

  @Override
  public void close() throws IOException {
    note.accept(echo.stop(PATIENCE));
    echo.check();
  }
}
