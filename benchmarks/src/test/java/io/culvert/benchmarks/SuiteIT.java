// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.benchmarks.cell.Cell;
import io.culvert.benchmarks.cell.EchoBesideBulkCell;
import io.culvert.benchmarks.cell.Rig;
import io.culvert.benchmarks.cell.StalledCell;
import io.culvert.benchmarks.cell.Stretches;
import io.culvert.benchmarks.cell.ThroughputCell;
import io.culvert.benchmarks.cell.WeightsCell;
import io.culvert.benchmarks.load.Direction;
import io.culvert.benchmarks.load.Echo.Rhythm;
import io.culvert.benchmarks.process.EmulatorService;
import io.culvert.benchmarks.process.End;
import io.culvert.benchmarks.process.Link;
import io.culvert.benchmarks.process.Link.Queue;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.process.Service;
import io.culvert.benchmarks.result.Figure;
import io.culvert.benchmarks.result.Figures;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.Result;
import io.culvert.benchmarks.result.ResultFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Small cells through the program as it was built and the emulator. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class SuiteIT {
  private static final Path ROOT = Path.of(System.getProperty("culvert.root"));
  private static final Program CULVERT =
      new Program("culvert", ROOT.resolve("distribution/target/culvert/bin/localproxy"), "1", 0);
  private static final Service.Kind EMULATOR =
      EmulatorService.kind(
          ROOT.resolve("bundles/io.culvert.emulator/target/emulator/bin/emulator"));
  private static final Cell SMALL =
      new ThroughputCell("throughput/up", Direction.UP, 0, 4 << 20, 1);

  /** For a stretch in which something must be measured, also if the machine stands still in it. */
  private static final Duration LONG = Duration.ofSeconds(4);

  @TempDir private Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void whatIsMeasuredIsKeptAndNotMeasuredAgain() throws Exception {
    run(CULVERT, SMALL);

    List<Result> results = ResultFile.open(folder).all();
    assertThat(results).hasSize(1);
    Result result = results.get(0);
    assertThat(result.failure()).isNull();
    assertThat(result.died()).isNull();
    assertThat(result.figures())
        .containsKeys(Figure.THROUGHPUT, Figure.SOURCE_CPU, Figure.DESTINATION_PEAK);

    run(CULVERT, SMALL);
    assertThat(ResultFile.open(folder).all()).isEqualTo(results);
  }

  @Test
  void echoesAreMeasuredBesideBulk() throws Exception {
    Duration moment = Duration.ofMillis(300);
    run(
        CULVERT,
        new EchoBesideBulkCell(
            "echo/down-2/fast",
            new Link(10_000_000, 2, Queue.SMALL),
            Direction.DOWN,
            2,
            Rhythm.STEADY,
            new Stretches(moment, moment, LONG, moment)));

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.failure()).isNull();
    assertThat(result.figures()).containsKeys(Figure.P50, Figure.P99, Figure.SHARE, Figure.JAIN);
  }

  @Test
  void aCellWithSettingsIsMeasuredWithTheGateway() throws Exception {
    Duration moment = Duration.ofMillis(500);
    run(
        CULVERT,
        new WeightsCell(
            new Link(2_000_000, 2, Queue.SMALL),
            Direction.UP,
            new Stretches(moment, moment, LONG, moment)));

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.failure()).isNull();
    assertThat(result.figures()).containsKeys(Figure.WEIGHT_2, Figure.WEIGHT_4, Figure.SHARE);
  }

  @Test
  void aProgramWithoutSettingsIsLeftOutOfCellsThatNeedThem() throws Exception {
    Path foreign = Files.createFile(folder.resolve("foreign"));

    run(
        new Program("foreign", foreign, "1", 0),
        new WeightsCell(Link.UNLIMITED, Direction.UP, Stretches.FULL));

    assertThat(ResultFile.open(folder).all()).isEmpty();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("weights/up/unlimited-0ms  foreign: skipped");
  }

  @Test
  void aReaderThatTakesNothingIsMeasured() throws Exception {
    run(CULVERT, new StalledCell(Direction.DOWN, LONG, Duration.ofMillis(500)));

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.failure()).isNull();
    assertThat(result.figures()).containsKeys(Figure.P99_ALONE, Figure.HELD_UP);
  }

  @Test
  void whatAProgramUsedBeforeItDiedIsKept() throws Exception {
    run(CULVERT, new DeathCell());

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.died()).contains("destination exited with");
    assertThat(result.figures()).containsKeys(Figure.SOURCE_PEAK, Figure.DESTINATION_PEAK);
  }

  @Test
  void aProgramThatDiesIsRecordedAsSuch() throws Exception {
    run(script("echo no way; exit 3"), SMALL);

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.figures()).isEmpty();
    assertThat(result.failure()).contains("has ended with 3").contains("no way");
    assertThat(result.died()).contains("exited with 3");
    assertThat(result.lastLine()).contains("no way");
  }

  @Test
  void aDestinationThatDiesBeforeTheSourceListensIsRecordedAsSuch() throws Exception {
    run(script("case \" $* \" in *' -d '*) exit 4 ;; esac; exec sleep 1000"), SMALL);

    Result result = ResultFile.open(folder).all().get(0);
    assertThat(result.failure()).contains("the destination has ended with 4");
    assertThat(result.died()).isEqualTo("destination exited with 4");
  }

  private Program script(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new Program("script", file, "1", 0);
  }

  private void run(Program program, Cell cell) throws Exception {
    Suite suite =
        new Suite(
            List.of(program),
            EMULATOR,
            "emulator",
            ResultFile.open(folder),
            Machine.here(),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    suite.run(List.of(cell), 1);
  }

  /** Ends the program at the destination, and goes on until the run notices. */
  private record DeathCell() implements Cell {
    private static final long ENDLESS = 1L << 50;

    @Override
    public String name() {
      return "death";
    }

    @Override
    public Link link() {
      return Link.UNLIMITED;
    }

    @Override
    public void measure(Rig rig, Figures figures) throws IOException {
      rig.process(End.DESTINATION).close();
      rig.clients().transfer(rig.address(BULK), Direction.UP, ENDLESS);
    }
  }
}
