// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void whatAProgramPrintedLastIsInItsRowWithoutTheTime() {
    String line = "[2026-11-01 10:00:00.123456] [0x00007f5ac0a5e740] [error]   no memory | none";

    assertThat(lines(died(line)))
        .contains("| source exited with 1 | [error]   no memory   none |")
        .doesNotContain("10:00")
        .doesNotContain("0x00");
    assertThat(lines(died("2026-11-01T10:00:00.123Z ERROR no memory")))
        .contains("| ERROR no memory ");
    assertThat(lines(died("terminate called"))).contains("| terminate called ");
    assertThat(lines(died("127.0.0.1:80 refused"))).contains("| 127.0.0.1:80 refused ");
  }

  @Test
  void runsThatDifferOnlyInNumbersAreOneRow() {
    assertThat(
            lines(
                died("10:00:00 [7] port 4711: reset"),
                died("11:22:33 [9] port 815: reset"),
                failed("39 of 64 failed"),
                failed("17 of 64 failed")))
        .containsPattern("port 4711: reset +\\| +\\| 2 ")
        .containsPattern("\\| 39 of 64 failed +\\| 2 ");
  }

  @Test
  void aRowSaysInHowManyCells() {
    List<Result> results =
        Stream.of("throughput/up", "throughput/up", "throughput/down", "cold/up")
            .map(cell -> result(cell, null, "source exited with 134", null))
            .toList();

    assertThat(String.join("\n", new Failures(results).lines()))
        .contains("| 4    | `throughput/up` and 2 more |");
  }

  @Test
  void runsThatEndedWithOtherWordsAreRowsOfTheirOwn() {
    assertThat(lines(died("no memory"), died("reset"), died(null)))
        .containsPattern("no memory +\\| +\\| 1 ")
        .containsPattern("reset +\\| +\\| 1 ");
  }

  private static String lines(Result... results) {
    return String.join("\n", new Failures(List.of(results)).lines());
  }

  private static Result died(@Nullable String lastLine) {
    return result("throughput/up", null, "source exited with 1", lastLine);
  }

  private static Result failed(String failure) {
    return result("throughput/up", failure, null, null);
  }

  private static Result result(
      String cell, @Nullable String failure, @Nullable String died, @Nullable String lastLine) {
    return new Result(
        "2026-11-01T00:00:00Z",
        new Machine("a CPU", 2, "Linux 6", "17"),
        0.5,
        "emulator",
        cell,
        1,
        "reference",
        "3",
        Map.of(),
        failure,
        died,
        lastLine);
  }
}
