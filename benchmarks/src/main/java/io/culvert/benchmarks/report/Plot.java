// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One figure of a family as bars: a group per cell, in it a bar per program, with a line from the
 * lowest to the highest of its runs. Immutable.
 */
final class Plot {
  private final Comparison comparison;
  private final Family family;
  private final Figure figure;
  private final List<String> cells;

  private Plot(Comparison comparison, Family family, Figure figure, List<String> cells) {
    this.comparison = comparison;
    this.family = family;
    this.figure = figure;
    this.cells = cells;
  }

  /** Returns the plots of a family, those for which there is something to show. */
  static List<Plot> of(Comparison comparison, Family family) {
    List<Plot> plots = new ArrayList<>();
    for (Figure figure : family.plotted()) {
      List<String> cells =
          comparison.cells(family).stream()
              .filter(family::isPlotted)
              .filter(cell -> hasValue(comparison, cell, figure))
              .toList();
      if (!cells.isEmpty()) {
        plots.add(new Plot(comparison, family, figure, cells));
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
    return family.title() + ": " + figure.label() + ", " + figure.unit();
  }

  /** Returns the name of its file, without folder. */
  String fileName() {
    return family.picture(figure);
  }

  /** Writes it into a folder. */
  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(fileName()), svg());
  }

  String svg() {
    String direction = figure.isMoreBetter() ? "more is better" : "less is better";
    Axis axis = axis();
    BarChart chart = new BarChart(title() + " (" + direction + ")", comparison.programs(), axis);
    for (String cell : cells) {
      List<Optional<Spread>> bars = new ArrayList<>();
      for (String program : comparison.programs()) {
        bars.add(comparison.figure(cell, program, figure));
      }
      chart.group(family.shortName(cell), bars);
    }
    return chart.svg();
  }

  private Axis axis() {
    List<Spread> all = new ArrayList<>();
    for (String cell : cells) {
      for (String program : comparison.programs()) {
        comparison.figure(cell, program, figure).ifPresent(all::add);
      }
    }
    double highest = all.stream().mapToDouble(Spread::highest).max().orElseThrow();
    double lowest = all.stream().mapToDouble(Spread::lowest).min().orElseThrow();
    return family.isWide() ? Axis.logarithmic(lowest, highest) : Axis.linear(highest);
  }
}
