// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.Supplement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What results say: tables for a terminal, a page with plots for the documentation. Immutable. */
public final class Report {
  private final Comparison comparison;
  private final Supplement supplement;

  private Report(Comparison comparison, Supplement supplement) {
    this.comparison = comparison;
    this.supplement = supplement;
  }

  /** Makes a report of results and of what is beside them. */
  public static Report of(List<Result> results, Supplement supplement) {
    return new Report(new Comparison(results), supplement);
  }

  /** Returns the tables of all families, without text. */
  public String tables() {
    List<String> lines = new ArrayList<>();
    for (Family family : families()) {
      lines.add(family.title() + ": " + String.join(" / ", comparison.programs()));
      lines.addAll(new Table(comparison, family).lines());
      lines.add("");
    }
    return String.join("\n", lines);
  }

  /**
   * Writes the page and its plots.
   *
   * @param page the file, Markdown.
   * @param pictures the folder for the plots, made if need be.
   */
  public void write(Path page, Path pictures) throws IOException {
    Files.createDirectories(pictures);
    for (Family family : families()) {
      for (Plot plot : Plot.of(comparison, family)) {
        plot.write(pictures);
      }
    }
    String folder = page.toAbsolutePath().getParent().relativize(pictures.toAbsolutePath()) + "/";
    Files.writeString(page, new Page(comparison, supplement, families(), folder).text());
  }

  private List<Family> families() {
    return Family.ALL.stream().filter(family -> !comparison.cells(family).isEmpty()).toList();
  }
}
