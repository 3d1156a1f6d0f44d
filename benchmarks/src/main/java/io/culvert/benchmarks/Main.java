// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The entry point of {@code benchmarks/run}. */
public final class Main {
  private static final int HELP_WIDTH = 100;
  private static final String PREFIX = "benchmarks: ";

  private static final Logger LIBRARIES = Logger.getLogger("");

  private Main() {}

  /**
   * Runs the suite and ends the process: 0 all was measured, 1 it cannot go on, 2 the command line
   * is wrong.
   *
   * @param arguments the folder of the repository, and the command line.
   */
  public static void main(String[] arguments) {
    LIBRARIES.setLevel(Level.WARNING);
    String[] options = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, options, 0, options.length);
    System.exit(run(Path.of(arguments[0]), System.out, System.err, options));
  }

  static int run(Path root, PrintStream out, PrintStream err, String... options) {
    CommandLine commandLine = new CommandLine(new RunCommand(root, out));
    commandLine
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this and ends.")
                .build());
    return commandLine
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(
            (e, all) -> {
              err.println(PREFIX + e.getMessage() + " (see benchmarks/run --help)");
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (e instanceof IOException) {
                err.println(PREFIX + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
              }
              throw e;
            })
        .execute(options);
  }
}
