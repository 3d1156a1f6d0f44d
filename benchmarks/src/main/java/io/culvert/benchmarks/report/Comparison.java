// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Result;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Results side by side. Of a program that was measured in several versions the one that was
 * measured last counts. Immutable.
 */
final class Comparison {
  private final List<Result> results;

  Comparison(List<Result> all) {
    Map<List<String>, String> versions = new HashMap<>();
    all.forEach(result -> versions.put(cellAndProgram(result), result.version()));
    results =
        all.stream()
            .filter(result -> result.version().equals(versions.get(cellAndProgram(result))))
            .toList();
  }

  private static List<String> cellAndProgram(Result result) {
    return List.of(result.cell(), result.program());
  }

  /** Returns the results that count. */
  List<Result> results() {
    return results;
  }

  /** Returns the names of all programs, in the order of their first result. */
  List<String> programs() {
    return results.stream().map(Result::program).distinct().toList();
  }

  /** Returns the names of all cells of a family, in the order of their first result. */
  List<String> cells(Family family) {
    return results.stream().map(Result::cell).filter(family::holds).distinct().toList();
  }

  /** Returns a figure, or nothing if no run has brought it. */
  Optional<Spread> figure(String cell, String program, Figure figure) {
    List<Double> values =
        runs(cell, program).stream()
            .map(result -> result.figures().get(figure))
            .filter(Objects::nonNull)
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /** Returns all runs of a cell with a program. */
  Collection<Result> runs(String cell, String program) {
    return results.stream()
        .filter(result -> result.cell().equals(cell) && result.program().equals(program))
        .toList();
  }

  /** Returns the runs that have failed, or in which a process has died. */
  List<Result> failures() {
    return results.stream().filter(Comparison::isFailure).toList();
  }

  static boolean isFailure(Result result) {
    return result.failure() != null || result.died() != null;
  }
}
