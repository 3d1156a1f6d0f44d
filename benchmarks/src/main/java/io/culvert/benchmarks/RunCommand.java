// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import io.culvert.benchmarks.cell.Catalogue;
import io.culvert.benchmarks.cell.Cell;
import io.culvert.benchmarks.process.CommandService;
import io.culvert.benchmarks.process.CommandTemplate;
import io.culvert.benchmarks.process.EmulatorService;
import io.culvert.benchmarks.process.Program;
import io.culvert.benchmarks.process.ProgramVersion;
import io.culvert.benchmarks.process.Service;
import io.culvert.benchmarks.report.Report;
import io.culvert.benchmarks.result.Machine;
import io.culvert.benchmarks.result.ResultFile;
import io.culvert.benchmarks.result.Supplement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmarks/run}: reads the command line, runs the suite, writes the report. */
@Command(
    name = "benchmarks/run",
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Measures localproxy as a whole: a tunnelling service, the program at both ends, an"
          + " application and its clients, all on this machine. With --against another program with"
          + " the same options is measured by turns, for comparison.",
      "It can be stopped at any time, and goes on where it was.",
    },
    optionListHeading = "%nOptions:%n")
final class RunCommand implements Callable<Integer> {
  private static final String EMULATOR = "emulator";

  private final Path root;
  private final PrintStream out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--program",
      paramLabel = "PATH",
      description = "The program; distribution/target/culvert/bin/localproxy unless given.")
  private @Nullable Path program;

  @Option(
      names = "--against",
      paramLabel = "PATH",
      description = "Another program to compare with, such as AWS's localproxy.")
  private @Nullable Path against;

  @Option(
      names = "--against-name",
      paramLabel = "NAME",
      description = "What results call the other program; 'reference' unless given.")
  private String againstName = "reference";

  @Option(
      names = "--against-memory",
      paramLabel = "KIB",
      description = "Address space in KiB that the other program may use; 6000000 unless given.")
  private long againstMemory = 6_000_000;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs of each cell with each program; 5 unless given.")
  private int runs = 5;

  @Option(
      names = "--cells",
      paramLabel = "PATTERN",
      split = ",",
      description = "Only cells whose names match, such as 'throughput/*,echo/idle/*'.")
  private List<String> patterns = new ArrayList<>();

  @Option(names = "--list", description = "Lists the cells and ends.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = {
        "Where results are kept, one line of JSON per run, and a report of them;"
            + " benchmarks/target/results unless given.",
      })
  private @Nullable Path folder;

  @Option(
      names = "--service",
      paramLabel = "COMMAND",
      description = {
        "What plays the service: 'emulator' (default), or the command line of another relay with"
            + " placeholders for what it has to be told: {port}, {ctl} (control port), {cert} and"
            + " {key} (PEM files), {tunnel} (id), {src} and {dst} (access tokens), {services} (ids,"
            + " separated by colons), {rate} (bytes per second, 0 for no limit), {delay} (ms, one"
            + " way), {high} (bytes that it queues), {rcvbuf} (kernel receive buffer, 0 for the"
            + " system's choice).",
      })
  private String service = EMULATOR;

  @Option(
      names = "--service-rate",
      paramLabel = "LINE",
      description = {
        "What another relay is to be told on its control port to change the rate; 'rate {tunnel}"
            + " {rate}' unless given.",
      })
  private String serviceRate = "rate {tunnel} {rate}";

  @Option(
      names = "--report",
      description = {
        "Measures nothing; writes docs/performance.md and its pictures from the results in"
            + " docs/performance, or in the folder of --out, and from notes.md and jmh.json (of"
            + " benchmarks/jmh -rf json) beside them.",
      })
  private boolean report;

  /**
   * Makes the command.
   *
   * @param root the folder of the repository.
   * @param out the standard output.
   */
  RunCommand(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Cell> cells = Catalogue.matching(patterns);
    if (cells.isEmpty()) {
      throw wrong("--cells", String.join(",", patterns), "names that --list shows, * for any part");
    }
    if (list) {
      cells.forEach(cell -> out.println(cell.name()));
    } else if (report) {
      Path docs = root.resolve("docs");
      Path kept = folder == null ? docs.resolve("performance") : folder;
      Report.of(ResultFile.open(kept).all(), Supplement.of(kept))
          .write(docs.resolve("performance.md"), docs.resolve("pictures"));
    } else {
      measure(cells);
    }
    return 0;
  }

  private void measure(List<Cell> cells) throws IOException, InterruptedException {
    if (runs < 1) {
      throw wrong("--runs", Integer.toString(runs), "1 or more");
    }
    Path kept = folder == null ? root.resolve("benchmarks/target/results") : folder;
    // Read before, so that what is wrong with it is said at once and not after hours.
    Supplement supplement = Supplement.of(kept);
    ResultFile results = ResultFile.open(kept);
    Suite suite = new Suite(programs(), services(), serviceName(), results, Machine.here(), out);
    Thread stop = new Thread(() -> stop(suite), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    suite.run(cells, runs);
    Runtime.getRuntime().removeShutdownHook(stop);
    Report made = Report.of(results.all(), supplement);
    made.write(kept.resolve("performance.md"), kept.resolve("pictures"));
    out.println();
    out.println(made.tables());
    out.println("Written: " + kept.resolve("performance.md"));
  }

  private void stop(Suite suite) {
    try {
      suite.stop();
    } catch (IOException e) {
      out.println("Some files of the run that was under way are left: " + e.getMessage());
    }
  }

  private List<Program> programs() throws IOException, InterruptedException {
    List<Program> programs = new ArrayList<>();
    Path own =
        program == null ? root.resolve("distribution/target/culvert/bin/localproxy") : program;
    programs.add(program("--program", own, "culvert", 0));
    if (against != null) {
      programs.add(program("--against", against, againstName, againstMemory));
    }
    return programs;
  }

  private Program program(String option, Path file, String name, long limitKib)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(file) || Files.isDirectory(file)) {
      throw wrong(option, file.toString(), "a program that can be run");
    }
    Path absolute = file.toAbsolutePath().normalize();
    return new Program(name, absolute, ProgramVersion.of(absolute), limitKib);
  }

  private Service.Kind services() {
    if (service.equals(EMULATOR)) {
      return EmulatorService.kind(
          root.resolve("bundles/io.culvert.emulator/target/emulator/bin/emulator"));
    }
    return CommandService.kind(
        template("--service", service), template("--service-rate", serviceRate));
  }

  private CommandTemplate template(String option, String text) {
    try {
      return CommandTemplate.parse(text, CommandService.PLACEHOLDERS);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + " " + e.getMessage(), e);
    }
  }

  private String serviceName() {
    return service.equals(EMULATOR) ? EMULATOR : "another relay";
  }

  private ParameterException wrong(String option, String value, String allowed) {
    return new ParameterException(
        spec.commandLine(), option + " '" + value + "': must be " + allowed);
  }
}
