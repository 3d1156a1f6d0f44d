// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import io.culvert.benchmarks.cell.Cell;
import io.culvert.benchmarks.cell.CellRun;
import io.culvert.benchmarks.process.Death;
import io.culvert.benchmarks.process.Launcher;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.process.Service;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.ResultFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs cells with programs by turns, so that what changes on the machine meanwhile hits all alike.
 * What was measured already, with that service on this machine, is left out. Confined to one thread
 * but for {@link #stop()}.
 */
final class Suite {
  private final List<Program> programs;
  private final Service.Kind services;
  private final String serviceName;
  private final ResultFile results;
  private final Machine machine;
  private final PrintStream out;
  private final WorkFolder work = new WorkFolder();
  private volatile boolean stopped;

  /**
   * Makes a suite that has not begun.
   *
   * @param programs what is compared.
   * @param services what starts the service.
   * @param serviceName what results call it.
   * @param results what there is, and where new ones go.
   * @param machine this machine.
   * @param out is told of every run.
   */
  Suite(
      List<Program> programs,
      Service.Kind services,
      String serviceName,
      ResultFile results,
      Machine machine,
      PrintStream out) {
    this.programs = programs;
    this.services = services;
    this.serviceName = serviceName;
    this.results = results;
    this.machine = machine;
    this.out = out;
  }

  /** Runs every cell so many times with every program. */
  void run(List<Cell> cells, int runs) throws IOException, InterruptedException {
    for (Cell cell : cells) {
      List<Program> able = programs.stream().filter(program -> takes(program, cell)).toList();
      for (int run = 1; run <= runs; run++) {
        for (Program program : able) {
          if (!stopped && !has(cell, run, program)) {
            begin(cell, run, program);
            keep(run(cell, run, program));
          }
        }
      }
    }
  }

  private boolean takes(Program program, Cell cell) {
    boolean takes = program.takes(cell.settings());
    if (!takes) {
      out.println(
          cell.name() + "  " + program.name() + ": skipped, it has no settings for this cell");
    }
    return takes;
  }

  /** A run may take minutes; the rest of its line comes at the end. */
  private void begin(Cell cell, int run, Program program) {
    out.print(cell.name() + "  " + program.name() + "  run " + run + ": ");
    out.flush();
  }

  private void keep(Result result) throws IOException {
    // What was stopped has failed for no reason of its own.
    if (!stopped) {
      results.add(result);
      out.println(line(result));
    }
  }

  private boolean has(Cell cell, int run, Program program) {
    Result.Id id =
        new Result.Id(serviceName, machine, cell.name(), run, program.name(), program.version());
    return results.all().stream().map(Result::id).anyMatch(id::equals);
  }

  private Result run(Cell cell, int number, Program program)
      throws IOException, InterruptedException {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    double load = Machine.load();
    CellRun run = new CellRun(cell);
    Path folder = work.make();
    try (Launcher launcher = new Launcher(folder)) {
      work.belongsTo(launcher);
      run.run(launcher, services, program);
    } finally {
      work.remove();
    }
    Death died = run.died();
    return new Result(
        date,
        machine,
        load,
        serviceName,
        cell.name(),
        number,
        program.name(),
        program.version(),
        run.figures().values(),
        run.failure(),
        died == null ? null : died.who(),
        died == null || died.lastLines().isEmpty() ? null : died.lastLines());
  }

  private static String line(Result result) {
    StringBuilder line = new StringBuilder();
    line.append(figures(result.figures()));
    if (result.died() != null) {
      line.append("; died: ").append(result.died());
      if (result.lastLine() != null) {
        line.append(" (").append(result.lastLine()).append(')');
      }
    }
    if (result.failure() != null) {
      line.append("; failed: ").append(result.failure());
    }
    return line.toString();
  }

  private static String figures(Map<Figure, Double> figures) {
    return figures.entrySet().stream()
        .map(
            entry ->
                String.format(
                        Locale.ROOT,
                        "%s %.4g %s",
                        entry.getKey().label(),
                        entry.getValue(),
                        entry.getKey().unit())
                    .strip())
        .collect(Collectors.joining(", "));
  }

  /** Ends all processes of the run that is under way, and removes its files. */
  void stop() throws IOException {
    stopped = true;
    work.remove();
  }
}
