// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.fault.RefusedException;
import io.culvert.emulator.folder.EmulatorFolder;
import io.culvert.emulator.folder.FolderException;
import io.culvert.program.StopSignals;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/**
 * The program {@code emulator} but for the end of the process: reads the command line and runs a
 * command. What goes wrong is one line on the error output.
 */
final class Program {
  private static final int HELP_WIDTH = 100;

  private final Map<String, String> environment;
  private final CompletableFuture<String> stop;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * Makes the program.
   *
   * @param environment the environment variables.
   * @param stop completes with the name of the signal that asks the process to stop.
   * @param out the standard output.
   * @param err the error output.
   */
  Program(
      Map<String, String> environment,
      CompletableFuture<String> stop,
      PrintStream out,
      PrintStream err) {
    this.environment = environment;
    this.stop = stop;
    this.out = out;
    this.err = err;
  }

  /** Does what the user asks for and returns the exit status. */
  int run(String... arguments) {
    Path folder = EmulatorFolder.ofUser(environment, System.getProperty("user.home"));
    FolderOption option = new FolderOption();
    CommandLine commandLine = new CommandLine(new ServeCommand(option, environment, out, stop));
    commandLine.addSubcommand(new FaultCommand(option));
    commandLine.addSubcommand(new StatusCommand(option));
    return commandLine
        .setDefaultValueProvider(new FolderDefault(folder))
        .registerConverter(
            int.class, text -> (int) Math.min(WholeNumber.parse(text), Integer.MAX_VALUE))
        .registerConverter(long.class, WholeNumber::parse)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(this::failed)
        .execute(arguments);
  }

  private int execute(CommandLine.ParseResult parsed) {
    if (parsed.hasSubcommand()) {
      // Only what runs for long has something to end in order.
      StopSignals.giveBack(stop);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int misused(CommandLine.ParameterException e, String[] arguments) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    say(e.getMessage() + " (see " + command + " --help)");
    return CommandLine.ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult arguments)
      throws Exception {
    if (e instanceof FolderException
        || e instanceof RefusedException
        || e instanceof StartException) {
      say(String.valueOf(e.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }

  private void say(String message) {
    err.println("emulator: " + message.replaceAll("\\p{Cntrl}+", " "));
    err.flush();
  }
}
