// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.cell.Catalogue;
import io.culvert.benchmarks.cell.Cell;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Result;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results side by side. Of a run that was measured again the last result counts. All results of a
 * cell are of one service on one machine, and all of a program in it of one version: those with
 * which it was measured last. Immutable.
 */
final class Comparison {
  private static final List<String> ORDER = Catalogue.all().stream().map(Cell::name).toList();

  private final List<Result> results;
  private final int otherBuilds;
  private final int otherPlaces;

  Comparison(List<Result> all) {
    Collection<Result> runs = last(all, Result::id).values();
    Map<String, Result> cells = last(runs, Result::cell);
    List<Result> there =
        runs.stream().filter(result -> isThere(result, cells.get(result.cell()))).toList();
    Map<List<String>, Result> programs = last(there, Comparison::cellAndProgram);
    results =
        there.stream()
            .filter(result -> isVersion(result, programs.get(cellAndProgram(result))))
            .toList();
    otherBuilds = there.size() - results.size();
    otherPlaces = runs.size() - there.size();
  }

  /** Returns the result of each kind that was measured last, of equal dates the later one. */
  private static <K> Map<K, Result> last(Collection<Result> all, Function<Result, K> kind) {
    Map<K, Result> last = new LinkedHashMap<>();
    all.forEach(result -> last.merge(kind.apply(result), result, Comparison::later));
    return last;
  }

  private static Result later(Result one, Result other) {
    return one.date().compareTo(other.date()) > 0 ? one : other;
  }

  private static boolean isThere(Result result, @Nullable Result last) {
    return last != null
        && result.service().equals(last.service())
        && result.machine().equals(last.machine());
  }

  private static boolean isVersion(Result result, @Nullable Result last) {
    return last != null && result.version().equals(last.version());
  }

  private static List<String> cellAndProgram(Result result) {
    return List.of(result.cell(), result.program());
  }

  /** Returns the results that count. */
  List<Result> results() {
    return results;
  }

  /** Returns how many runs do not count, as a later build was measured there, too. */
  int otherBuilds() {
    return otherBuilds;
  }

  /** Returns how many runs do not count, as they had another service, or another machine. */
  int otherPlaces() {
    return otherPlaces;
  }

  /** Returns the names of all programs, in the order of their first result. */
  List<String> programs() {
    return results.stream().map(Result::program).distinct().toList();
  }

  /** Returns the names of all cells of a family, in the order of the catalogue, others last. */
  List<String> cells(Family family) {
    return results.stream()
        .map(Result::cell)
        .filter(family::holds)
        .distinct()
        .sorted(Comparator.comparingInt(Comparison::place))
        .toList();
  }

  private static int place(String cell) {
    int place = ORDER.indexOf(cell);
    return place < 0 ? ORDER.size() : place;
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
