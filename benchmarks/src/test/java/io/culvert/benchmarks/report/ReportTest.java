// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.Supplement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  @TempDir private Path folder;

  private final List<Result> results = new ArrayList<>();

  @Test
  void entriesAreMediansSideBySideWithTheirRatio() {
    for (int run = 1; run <= 3; run++) {
      add("throughput/up", run, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0 * run), null);
      add("throughput/up", run, "reference", "3", Map.of(Figure.THROUGHPUT, 160.0), null);
    }

    assertThat(Report.of(results, Supplement.NONE).tables())
        .containsPattern("\\| `up` +\\| 3 / 3 \\| 200 / 160 \\(1.25\\)");
  }

  @Test
  void rowsAreInTheOrderOfTheCatalogueAndOthersLast() {
    for (String cell : List.of("once", "up-1/1MBps-deep-2ms", "idle/1MBps-deep-2ms")) {
      add("echo/" + cell, 1, "culvert", "1", Map.of(Figure.P50, 1.0), null);
    }

    assertThat(Report.of(results, Supplement.NONE).tables())
        .containsSubsequence("`idle/1MBps-deep-2ms`", "`up-1/1MBps-deep-2ms`", "`once`");
  }

  @Test
  void theLastVersionOfACellCounts() {
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("throughput/up", 1, "culvert", "2", Map.of(Figure.THROUGHPUT, 300.0), null);

    assertThat(Report.of(results, Supplement.NONE).tables())
        .containsPattern("\\| `up` +\\| 1 +\\| 300 ")
        .doesNotContain("200");
  }

  @Test
  void whatWasMeasuredLastCountsWhateverFileItIsIn() {
    results.add(measured("2026-11-03", "emulator", "CPU", "culvert", "2", 300));
    results.add(measured("2026-11-02", "emulator", "CPU", "culvert", "1", 100));
    results.add(measured("2026-11-04", "emulator", "CPU", "reference", "3", 50));
    results.add(measured("2026-11-02", "emulator", "CPU", "reference", "3", 10));

    assertThat(Report.of(results, Supplement.NONE).tables()).contains("| 1 / 1 | 300 / 50 (6) ");
  }

  @ParameterizedTest
  @CsvSource({"relay, CPU", "emulator, other CPU"})
  void aRowIsOfOneServiceOnOneMachine(String service, String cpu) throws IOException {
    results.add(measured("2026-11-02", "emulator", "CPU", "culvert", "1", 100));
    results.add(measured("2026-11-02", "emulator", "CPU", "reference", "3", 50));
    results.add(measured("2026-11-03", service, cpu, "culvert", "1", 300));

    assertThat(page(Report.of(results, Supplement.NONE)))
        .contains("| 1    | 300 ")
        .contains("| service | " + service + " |")
        .contains("| on | " + cpu + ",");
  }

  @Test
  void howManyRunsDoNotCountIsSaid() throws IOException {
    results.add(measured("2026-11-01", "emulator", "CPU", "culvert", "1", 100));
    results.add(measured("2026-11-02", "emulator", "CPU", "culvert", "1", 100));
    results.add(measured("2026-11-02", "relay", "CPU", "culvert", "2", 300));
    results.add(measured("2026-11-03", "relay", "CPU", "culvert", "3", 300));

    assertThat(page(Report.of(results, Supplement.NONE)))
        .contains("; left out: 1 of other builds, 1 with another service or machine.\n");
  }

  @Test
  void whereEveryRunCountsNoneIsSaidToBeLeftOut() throws IOException {
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);

    assertThat(page(Report.of(results, Supplement.NONE)))
        .contains("only the runs of the build that was measured last count")
        .doesNotContain("left out");
  }

  @Test
  void whoDiedIsSaid() throws IOException {
    String died = "source exited with 134";
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("throughput/up", 1, "reference", "3", Map.of(), died);

    Report report = Report.of(results, Supplement.NONE);

    assertThat(report.tables()).contains("100 / failed");
    assertThat(page(report))
        .containsPattern(
            "\\| reference +\\| " + died + " +\\| +\\| +\\| 1 +\\| `throughput/up` +\\|");
  }

  @Test
  void everyRowSaysHowOftenItWasRun() throws IOException {
    for (int run = 1; run <= 4; run++) {
      add("throughput/up", run, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    }
    add("throughput/up", 1, "reference", "3", Map.of(Figure.THROUGHPUT, 50.0), null);
    add("cold/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 30.0), null);

    assertThat(page(Report.of(results, Supplement.NONE)))
        .containsPattern("\\| `up` +\\| 4 / 1 +\\| 100 / 50 \\(2\\)")
        .containsPattern("\\| `up` +\\| 1 / 0 +\\| 30 / – ");
  }

  @Test
  void runsThatBroughtNoFigureAreCountedAsDiedOrFailed() {
    String died = "source exited with 134";
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("throughput/up", 1, "reference", "3", Map.of(Figure.THROUGHPUT, 50.0), null);
    add("throughput/up", 2, "reference", "3", Map.of(), died);
    add("throughput/up", 3, "reference", "3", Map.of(Figure.THROUGHPUT, 50.0), died);
    addFailed("throughput/up", 4, "reference", "not done in 300 s");

    assertThat(Report.of(results, Supplement.NONE).tables())
        .contains("| 1 / 4 (2 died, 1 failed) | 100 / 50 † (2) ");
  }

  @Test
  void notesAndWhatJmhHasFoundAreOnThePage() throws IOException {
    Files.writeString(folder.resolve("notes.md"), "## What is behind it\n\nMuch.\n");
    Files.writeString(
        folder.resolve("jmh.json"),
        """
        [{"benchmark": "io.culvert.benchmarks.codec.DataBenchmark.encode", "mode": "avgt",
          "jdkVersion": "17.0.15", "vmName": "OpenJDK 64-Bit Server VM",
          "params": {"size": "64512"},
          "primaryMetric": {"score": 812.34, "scoreError": 12.345, "scoreUnit": "ns/op"},
          "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 0.004, "scoreUnit": "B/op"}}},
         {"benchmark": "io.culvert.benchmarks.codec.ControlBenchmark.decode", "mode": "avgt",
          "jdkVersion": "17.0.15", "vmName": "OpenJDK 64-Bit Server VM",
          "primaryMetric": {"score": 100.0, "scoreError": "NaN", "scoreUnit": "ns/op"},
          "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 24, "scoreUnit": "B/op"}}}]
        """);

    assertThat(page(Report.of(results, Supplement.of(folder))))
        .contains("\n## What is behind it\n\nMuch.\n")
        .contains("nothing beside it, on\nOpenJDK 64-Bit Server VM 17.0.15. ±")
        .containsPattern("\\| `Data.encode \\(size=64512\\)` \\| 812 ± 12.3 ns/op \\| 0.004 +\\|")
        .containsPattern("\\| `Control.decode` +\\| 100 ns/op +\\| 24 +\\|");
  }

  @Test
  void whatJmhHasNotWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("jmh.json"), "[{}]");

    assertThatThrownBy(() -> Supplement.of(folder))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": is not what JMH writes with -rf json and -prof gc");
  }

  @Test
  void theLoadThatTheSuiteItselfMakesIsNotOnThePage() throws IOException {
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);

    assertThat(page(Report.of(results, Supplement.NONE))).doesNotContain("load average");
  }

  @Test
  void everyPictureOfThePageIsThereAndIsXml() throws Exception {
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("echo/idle/unlimited-2ms", 1, "a < b", "1", Map.of(Figure.P99, 0.3), null);
    add("echo/down-4/1MBps-deep-2ms", 1, "culvert", "1", Map.of(Figure.P99, 5000.0), null);

    String page = page(Report.of(results, Supplement.NONE));

    List<String> pictures =
        Pattern.compile("]\\((pictures/.*?\\.svg)\\)")
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(pictures).hasSize(3).doesNotHaveDuplicates();
    for (String picture : pictures) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(folder.resolve(picture).toFile());
    }
  }

  @Test
  void aProgramThatWasNotMeasuredInAChartIsNotInIt() throws IOException {
    add("throughput/up", 1, "reference", "3", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("cold/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);

    page(Report.of(results, Supplement.NONE));

    assertThat(folder.resolve("pictures/performance-cold-throughput.svg"))
        .content()
        .contains("culvert")
        .doesNotContain("reference")
        .doesNotContain("no run");
  }

  @Test
  void aTitleSaysNothingTwice() throws IOException {
    add("throughput/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);
    add("cold/up", 1, "culvert", "1", Map.of(Figure.THROUGHPUT, 100.0), null);

    assertThat(page(Report.of(results, Supplement.NONE)))
        .contains("![Throughput, MiB/s]", "![Cold start: throughput, MiB/s]");
  }

  private String page(Report report) throws IOException {
    Path page = folder.resolve("performance.md");
    report.write(page, folder.resolve("pictures"));
    return Files.readString(page);
  }

  private void add(
      String cell,
      int run,
      String program,
      String version,
      Map<Figure, Double> figures,
      @Nullable String died) {
    results.add(result(cell, run, program, version, figures, null, died));
  }

  private void addFailed(String cell, int run, String program, String failure) {
    results.add(result(cell, run, program, "3", Map.of(), failure, null));
  }

  private static Result result(
      String cell,
      int run,
      String program,
      String version,
      Map<Figure, Double> figures,
      @Nullable String failure,
      @Nullable String died) {
    return new Result(
        "2026-11-01T00:00:00Z",
        new Machine("a CPU", 2, "Linux 6", "17"),
        0.5,
        "emulator",
        cell,
        run,
        program,
        version,
        figures,
        failure,
        died,
        null);
  }

  private static Result measured(
      String day, String service, String cpu, String program, String version, double throughput) {
    return new Result(
        day + "T00:00:00Z",
        new Machine(cpu, 2, "Linux 6", "17"),
        0.5,
        service,
        "throughput/up",
        1,
        program,
        version,
        Map.of(Figure.THROUGHPUT, throughput),
        null,
        null,
        null);
  }
}
