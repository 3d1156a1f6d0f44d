// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.Supplement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of the documentation, in Markdown. */
final class Page {
  private static final int LINE = 110;

  private final Comparison comparison;
  private final Supplement supplement;
  private final List<Family> families;
  private final String pictures;
  private final List<String> lines = new ArrayList<>();

  /**
   * Makes a page that is not written yet.
   *
   * @param comparison what it shows.
   * @param supplement what it shows besides.
   * @param families the sections.
   * @param pictures the folder of the plots, as the page has to name it.
   */
  Page(Comparison comparison, Supplement supplement, List<Family> families, String pictures) {
    this.comparison = comparison;
    this.supplement = supplement;
    this.families = families;
    this.pictures = pictures;
  }

  String text() {
    lines.clear();
    introduction();
    families.forEach(this::section);
    memory();
    steps();
    failures();
    meanings();
    return String.join("\n", lines) + "\n";
  }

  private void introduction() {
    add("# Performance", "");
    add(
        "<!-- Written by benchmarks/run --report; changes belong there. What people have to say is"
            + " in",
        "     notes.md beside the results, with links as seen from the folder of this page (docs)."
            + " -->",
        "");
    add(
        "The program under test runs at both ends of a tunnel, a tunnelling service between them,"
            + " an",
        "application behind the destination and its clients in front of the source, all on one",
        "machine over loopback and TLS, each run with fresh processes.");
    add("`benchmarks/run` measures this, `benchmarks/run --help` says how.", "");
    if (!supplement.notes().isEmpty()) {
      add(supplement.notes(), "", "## How it was measured", "");
    }
    add("| | |", "|---|---|");
    add("| taken | " + joined(comparison.results().stream().map(Page::day)) + " |");
    for (String machine : machines()) {
      add("| on | " + machine + " |");
    }
    add("| service | " + joined(comparison.results().stream().map(Result::service)) + " |");
    for (String program : comparison.programs()) {
      add("| " + program + " | " + versions(program) + " |");
    }
    add(
        "",
        "The service `emulator` is the project's own; `another relay` is one that was given with"
            + " `--service`.",
        "In brackets behind a version: a digest of the program's files, which tells builds apart.",
        "");
    add(
        "Entries are medians of all runs that have the figure: "
            + String.join(" / ", comparison.programs())
            + (comparison.programs().size() == 2 ? " (the first by the second)." : "."),
        "Of each cell and program only the runs of the build that was measured last count, of each"
            + " cell",
        "only those with the service and on the machine of the last one" + leftOut() + ".",
        "The column runs says how many there were, in how many of them a process died, and how"
            + " many",
        "others failed. One that died early has no figures, and counts in no median. † some have",
        "[failed](#runs-that-failed).",
        "");
  }

  private String leftOut() {
    List<String> left = new ArrayList<>();
    if (comparison.otherBuilds() > 0) {
      left.add(comparison.otherBuilds() + " of other builds");
    }
    if (comparison.otherPlaces() > 0) {
      left.add(comparison.otherPlaces() + " with another service or machine");
    }
    return left.isEmpty() ? "" : "; left out: " + String.join(", ", left);
  }

  private static String day(Result result) {
    return result.date().replaceFirst("T.*", "");
  }

  private List<String> machines() {
    return comparison.results().stream()
        .map(Result::machine)
        .distinct()
        .map(Page::machine)
        .toList();
  }

  private static String machine(Machine machine) {
    return machine.cpu()
        + ", "
        + machine.cores()
        + " cores, "
        + machine.kernel()
        + ", Java "
        + machine.java();
  }

  private String versions(String program) {
    return joined(
        comparison.results().stream()
            .filter(result -> result.program().equals(program))
            .map(Result::version));
  }

  private static String joined(Stream<String> texts) {
    return texts.distinct().sorted().collect(Collectors.joining(", "));
  }

  private void section(Family family) {
    add("## " + family.title(), "");
    add(wrapped(family.text()), "");
    for (Plot plot : Plot.of(comparison, family)) {
      add("![" + plot.title() + "](" + pictures + plot.fileName() + ")", "");
    }
    lines.addAll(new Table(comparison, family).lines());
    add("");
  }

  private void memory() {
    add(
        "## Memory",
        "",
        "The largest resident memory of all runs, in MiB: source, destination.",
        "");
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("cells"));
    head.addAll(comparison.programs());
    rows.add(head);
    for (Family family : families) {
      List<String> row = new ArrayList<>(List.of(family.title()));
      for (String program : comparison.programs()) {
        row.add(
            largest(family, program, Figure.SOURCE_PEAK)
                + ", "
                + largest(family, program, Figure.DESTINATION_PEAK));
      }
      rows.add(row);
    }
    lines.addAll(Table.aligned(rows));
    add("");
  }

  private String largest(Family family, String program, Figure figure) {
    return comparison.results().stream()
        .filter(result -> family.holds(result.cell()) && result.program().equals(program))
        .map(result -> result.figures().get(figure))
        .filter(Objects::nonNull)
        .max(Double::compare)
        .map(Amount::text)
        .orElse("–");
  }

  private void steps() {
    if (supplement.steps().isEmpty()) {
      return;
    }
    add("## Single steps", "");
    add(
        "What `benchmarks/jmh` measures: no network, one thread, nothing beside it, on",
        joined(supplement.steps().stream().map(Supplement.Step::jvm))
            + ". ± is half of the confidence interval of 99.9 %.",
        "");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("step", "time or rate", "allocated, B/op"));
    for (Supplement.Step step : supplement.steps()) {
      rows.add(List.of("`" + step.name() + "`", score(step), Amount.text(step.allocated())));
    }
    lines.addAll(Table.aligned(rows));
    add("");
  }

  private static String score(Supplement.Step step) {
    String error = Double.isFinite(step.error()) ? " ± " + Amount.text(step.error()) : "";
    return Amount.text(step.score()) + error + " " + step.unit();
  }

  private void failures() {
    add("## Runs that failed", "");
    lines.addAll(new Failures(comparison.failures()).lines());
    add("");
  }

  private void meanings() {
    add("## What the figures mean", "", "| figure | unit | meaning |", "|---|---|---|");
    Arrays.stream(Figure.values())
        .map(
            figure ->
                "| " + figure.label() + " | " + figure.unit() + " | " + figure.meaning() + " |")
        .forEach(lines::add);
    add(
        "",
        "An echo is sent when the one before is back, and those that this one held up count in"
            + " percentiles,",
        "too, with the rest of that time: as if each had begun when it was due, but not sooner after"
            + " the",
        "one before than an echo alone takes. Only those by the clock wait for none. One that never"
            + " came",
        "counts with its age at the end.");
  }

  private static String wrapped(String text) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      boolean fits = column + 1 + word.length() <= LINE;
      wrapped.append(wrapped.isEmpty() ? "" : fits ? " " : "\n").append(word);
      column = fits ? column + 1 + word.length() : word.length();
    }
    return wrapped.toString();
  }

  private void add(String... more) {
    lines.addAll(Arrays.asList(more));
  }
}
