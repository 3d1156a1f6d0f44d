// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The medians of a family, a row per cell, as Markdown that is aligned for terminals, too. */
final class Table {
  private static final String NONE = "–";
  private static final String FAILED = "failed";

  private final Comparison comparison;
  private final Family family;

  Table(Comparison comparison, Family family) {
    this.comparison = comparison;
    this.family = family;
  }

  /** Returns the lines. */
  List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("cell", "runs"));
    family.figures().forEach(figure -> head.add(heading(figure)));
    rows.add(head);
    for (String cell : comparison.cells(family)) {
      List<String> row = new ArrayList<>(List.of("`" + family.shortName(cell) + "`", runs(cell)));
      family.figures().forEach(figure -> row.add(entry(cell, figure)));
      rows.add(row);
    }
    return aligned(rows);
  }

  private String runs(String cell) {
    return comparison.programs().stream()
        .map(program -> runs(comparison.runs(cell, program)))
        .collect(Collectors.joining(" / "));
  }

  /** Returns for example {@code 5 (3 died, 1 failed)}. */
  private static String runs(Collection<Result> runs) {
    long died = runs.stream().filter(result -> result.died() != null).count();
    long failed = runs.stream().filter(Comparison::isFailure).count() - died;
    List<String> bad = new ArrayList<>();
    if (died > 0) {
      bad.add(died + " died");
    }
    if (failed > 0) {
      bad.add(failed + " failed");
    }
    return runs.size() + (bad.isEmpty() ? "" : " (" + String.join(", ", bad) + ")");
  }

  private static String heading(Figure figure) {
    return figure.unit().isEmpty() ? figure.label() : figure.label() + ", " + figure.unit();
  }

  private String entry(String cell, Figure figure) {
    List<String> programs = comparison.programs();
    List<String> texts = new ArrayList<>();
    for (String program : programs) {
      texts.add(value(cell, program, figure));
    }
    String entry = String.join(" / ", texts);
    if (programs.size() == 2) {
      Optional<Spread> first = comparison.figure(cell, programs.get(0), figure);
      Optional<Spread> second = comparison.figure(cell, programs.get(1), figure);
      if (first.isPresent() && second.isPresent() && second.get().median() > 0) {
        entry += " (" + Amount.text(first.get().median() / second.get().median()) + ")";
      }
    }
    return entry;
  }

  private String value(String cell, String program, Figure figure) {
    long failures = comparison.runs(cell, program).stream().filter(Comparison::isFailure).count();
    return comparison
        .figure(cell, program, figure)
        .map(spread -> Amount.text(spread.median()) + (failures > 0 ? " †" : ""))
        .orElse(failures > 0 ? FAILED : NONE);
  }

  static List<String> aligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    List<Integer> widths = new ArrayList<>(Collections.nCopies(columns, 3));
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(line(widths.stream().map("-"::repeat).toList(), widths));
      }
    }
    return lines;
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < row.size(); i++) {
      line.append(' ').append(row.get(i));
      line.append(" ".repeat(widths.get(i) - row.get(i).length())).append(" |");
    }
    return line.toString();
  }
}
