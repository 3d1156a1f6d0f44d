// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.log;

import io.culvert.program.QueuedOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The console and a log file as the outputs of the log, each written by a thread of its own. That
 * the file cannot be written is said once on the console. Owned by one thread; closing it writes
 * what is still queued and closes the file, not the console.
 */
public final class LogOutputs implements AutoCloseable {
  private final Path file;
  private final PrintStream rolling;
  private final QueuedOutput toConsole;
  private final QueuedOutput toFile;

  private LogOutputs(PrintStream console, Path file, PrintStream rolling) {
    this.file = file;
    this.rolling = rolling;
    this.toConsole = new QueuedOutput(console);
    this.toFile = new QueuedOutput(rolling);
  }

  /**
   * Opens the file and begins to log.
   *
   * @param console the console.
   * @param file the log file; its folder must be there.
   * @param settings levels, and how large the file may become.
   * @param verbosity how much of our own is logged; see {@link Log#start}.
   * @throws IOException if the file cannot be opened.
   */
  public static LogOutputs start(
      PrintStream console, Path file, LogSettings settings, int verbosity) throws IOException {
    PrintStream rolling =
        new PrintStream(
            new TroubleTelling(
                new RollingFile(file, settings.limit(), settings.count()),
                e -> Log.error(file + " cannot be written, lines will be missing in it: " + e)),
            false,
            StandardCharsets.UTF_8);
    LogOutputs outputs = new LogOutputs(console, file, rolling);
    Log.start(
        verbosity, settings.levels(), List.of(lines(outputs.toConsole), lines(outputs.toFile)));
    settings.complaints().forEach(Log::warning);
    return outputs;
  }

  private static PrintStream lines(QueuedOutput output) {
    return new PrintStream(output, false, StandardCharsets.UTF_8);
  }

  /** Returns the log file. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    toFile.close();
    toConsole.close();
    rolling.close();
  }
}
