// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The runs that failed, in Markdown; those alike are one row. Ones that differ only in numbers,
 * such as times, ports and process ids, are alike. Immutable.
 */
final class Failures {
  /** Dates, times and numbers of threads and levels that a logger puts before a line. */
  private static final String LOG_HEAD =
      "^\\W*(?:(?:\\d{4}-\\d\\d-\\d\\d[T ]?)?(?:\\d\\d:\\d\\d:\\d\\d[.,\\d]*)?Z?\\W+)?"
          + "(?:\\[?0x\\p{XDigit}+]?\\s+)?";

  private static final String NUMBER = "0x\\p{XDigit}+|\\d+";

  private final List<Result> failures;

  Failures(List<Result> failures) {
    this.failures = failures;
  }

  /** Returns the lines. */
  List<String> lines() {
    if (failures.isEmpty()) {
      return List.of("None.");
    }
    Map<List<String>, List<Result>> alike =
        failures.stream()
            .collect(
                Collectors.groupingBy(Failures::kind, LinkedHashMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("program", "died", "what it printed last", "what was seen", "runs", "cells"));
    alike.forEach(
        (kind, results) -> {
          List<String> row = new ArrayList<>(texts(results.get(0)));
          row.add(Integer.toString(results.size()));
          row.add(cells(results));
          rows.add(row);
        });
    List<String> lines = new ArrayList<>();
    lines.add(
        "Their figures are those from before, and some are missing. Runs that differ only in");
    lines.add(
        "numbers share a row, with the numbers of the first. Older results do not say what a");
    lines.add("program printed last.");
    lines.add("");
    lines.addAll(Table.aligned(rows));
    return lines;
  }

  private static List<String> kind(Result result) {
    List<String> texts = texts(result);
    return List.of(
        texts.get(0),
        texts.get(1),
        texts.get(2).replaceAll(NUMBER, "0"),
        texts.get(3).replaceAll(NUMBER, "0"));
  }

  private static List<String> texts(Result result) {
    String lastLine = Objects.requireNonNullElse(result.lastLine(), "").replaceFirst(LOG_HEAD, "");
    return List.of(
        result.program(),
        Objects.requireNonNullElse(result.died(), "no"),
        entry(lastLine),
        entry(result.failure()));
  }

  private static String entry(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").replaceAll("[|\\p{Cntrl}]", " ");
  }

  private static String cells(List<Result> results) {
    List<String> cells = results.stream().map(Result::cell).distinct().toList();
    String first = "`" + cells.get(0) + "`";
    return cells.size() == 1 ? first : first + " and " + (cells.size() - 1) + " more";
  }
}
