// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.benchmarks.cell.Cell;
import io.culvert.benchmarks.cell.ThroughputCell;
import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.process.ProcessException;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.ResultFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a suite measures and what it leaves out, with a service that never starts. */
class SuiteTest {
  private static final Cell CELL = new ThroughputCell("throughput/up", Direction.UP, 0, 1, 1);
  private static final Machine HERE = new Machine("CPU", 2, "Linux 6", "17");

  @TempDir private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private String printedBefore = "";

  @Test
  void whatWasMeasuredElsewhereIsMeasuredHere() throws Exception {
    Machine elsewhere = new Machine("CPU", 4, "Linux 6", "17");

    run("emulator", elsewhere, "1");
    run("emulator", HERE, "1");
    run("emulator", HERE, "1");

    assertThat(ResultFile.open(folder).all())
        .extracting(Result::machine)
        .containsExactly(elsewhere, HERE);
  }

  @Test
  void whatWasMeasuredWithAnotherServiceIsMeasuredWithThis() throws Exception {
    run("emulator", HERE, "1");
    run("another relay", HERE, "1");
    run("another relay", HERE, "1");

    assertThat(ResultFile.open(folder).all())
        .extracting(Result::service)
        .containsExactly("emulator", "another relay");
  }

  @Test
  void anotherVersionIsMeasuredAnew() throws Exception {
    run("emulator", HERE, "1");
    run("emulator", HERE, "2");
    run("emulator", HERE, "1");

    assertThat(ResultFile.open(folder).all()).extracting(Result::version).containsExactly("1", "2");
  }

  @Test
  void whatIsUnderWayIsSaidBeforeItsEnd() throws Exception {
    run("emulator", HERE, "1");

    assertThat(printedBefore).isEqualTo("throughput/up  culvert  run 1: ");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith(printedBefore)
        .contains("failed: there is no service")
        .hasLineCount(1);
  }

  private void run(String service, Machine machine, String version) throws Exception {
    Suite suite =
        new Suite(
            List.of(new Program("culvert", Path.of("/nonexistent"), version, 0)),
            (launcher, request) -> {
              printedBefore = printed.toString(StandardCharsets.UTF_8);
              throw new ProcessException("there is no service");
            },
            service,
            ResultFile.open(folder),
            machine,
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    suite.run(List.of(CELL), 1);
  }
}
