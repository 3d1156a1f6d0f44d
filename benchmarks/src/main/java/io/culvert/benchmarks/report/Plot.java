// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One figure of a family as bars: a group per cell, in it a bar per program, with a line from the
 * lowest to the highest of its runs. Immutable.
 */
final class Plot {
  private final Comparison comparison;
  private final Family family;
  private final Chart chart;
  private final List<String> cells;
  private final List<String> programs;

  private Plot(Comparison comparison, Family family, Chart chart, List<String> cells) {
    this.comparison = comparison;
    this.family = family;
    this.chart = chart;
    this.cells = cells;
    // One that was never measured in these cells has not failed either.
    this.programs =
        comparison.programs().stream()
            .filter(
                program ->
                    cells.stream().anyMatch(cell -> !comparison.runs(cell, program).isEmpty()))
            .toList();
  }

  /** Returns the plots of a family, those for which there is something to show. */
  static List<Plot> of(Comparison comparison, Family family) {
    List<Plot> plots = new ArrayList<>();
    for (Chart chart : family.charts()) {
      List<String> cells =
          comparison.cells(family).stream()
              .filter(cell -> chart.shows(family.shortName(cell)))
              .filter(cell -> hasValue(comparison, cell, chart.figure()))
              .toList();
      if (!cells.isEmpty()) {
        plots.add(new Plot(comparison, family, chart, cells));
      }
    }
    return plots;
  }

  private static boolean hasValue(Comparison comparison, String cell, Figure figure) {
    return comparison.programs().stream()
        .anyMatch(program -> comparison.figure(cell, program, figure).isPresent());
  }

  /** Returns what it shows, in words. */
  String title() {
    String label = chart.figure().label();
    return label.equalsIgnoreCase(family.title())
        ? family.title() + chart.title().substring(label.length())
        : family.title() + ": " + chart.title();
  }

  /** Returns the name of its file, without folder. */
  String fileName() {
    return family.picture(chart);
  }

  /** Writes it into a folder. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(fileName()), svg());
  }

  String svg() {
    String direction = chart.figure().isMoreBetter() ? "more is better" : "less is better";
    BarChart bars = new BarChart(title() + " (" + direction + ")", programs, axis());
    for (String cell : cells) {
      List<Bar> group = new ArrayList<>();
      for (String program : programs) {
        boolean isDoubtful =
            comparison.runs(cell, program).stream().anyMatch(Comparison::isFailure);
        group.add(new Bar(comparison.figure(cell, program, chart.figure()), isDoubtful));
      }
      bars.group(chart.label(family.shortName(cell)), group);
    }
    return bars.svg();
  }

  private Axis axis() {
    List<Spread> all = new ArrayList<>();
    for (String cell : cells) {
      for (String program : programs) {
        comparison.figure(cell, program, chart.figure()).ifPresent(all::add);
      }
    }
    double highest = all.stream().mapToDouble(Spread::highest).max().orElseThrow();
    double lowest = all.stream().mapToDouble(Spread::lowest).min().orElseThrow();
    return family.isWide() ? Axis.logarithmic(lowest, highest) : Axis.linear(highest);
  }
}
