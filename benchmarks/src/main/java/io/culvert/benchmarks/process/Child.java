// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program that the suite has started, by its process id. What it prints goes to a file. It is
 * ended by {@link #close()}: at first politely, then by force. Thread-safe.
 */
public final class Child implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(6);
  private static final int TAIL = 5;
  private static final int LONGEST_LINE = 300;

  private final String name;
  private final Process process;
  private final Path log;
  private final Secrets secrets;

  private Child(String name, Process process, Path log, Secrets secrets) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.secrets = secrets;
  }

  /**
   * Starts a program.
   *
   * @param name what messages call it.
   * @param command the program and its arguments.
   * @param environment all of its variables.
   * @param log the file for what it prints; its folder is the program's, too.
   * @param secrets what nobody is told of that.
   */
  static Child start(
      String name, List<String> command, Map<String, String> environment, Path log, Secrets secrets)
      throws ProcessException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(log.toAbsolutePath().getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Child(name, process, log, secrets);
    } catch (IOException e) {
      throw new ProcessException("the " + name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** Returns what messages call it. */
  public String name() {
    return name;
  }

  /** Tells whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; returns whether it has ended. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns its exit code, 128 and more for a signal, or nothing while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Returns what it has used. */
  public Usage usage() throws IOException {
    return Usage.of(process.pid());
  }

  /** Returns the last lines that it has printed, as one, without tokens. */
  public String lastWords() {
    try {
      List<String> lines = printed();
      return String.join(" / ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  /** Returns the last line with anything in it that it has printed, without tokens, or nothing. */
  String lastLine() {
    try {
      return printed().stream()
          .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
          .filter(line -> !line.isEmpty())
          .reduce("", (earlier, later) -> later)
          .transform(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)));
    } catch (IOException e) {
      return "";
    }
  }

  /** The only way by which anything of it gets out of its file. */
  private List<String> printed() throws IOException {
    return secrets.hidden(Files.readString(log, StandardCharsets.ISO_8859_1)).lines().toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!endsWithin(LONGEST_END)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
