// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program that the suite has started, by its process id. What it prints goes to a file. It is
 * ended by {@link #close()}: at first politely, then by force. Thread-safe.
 */
public final class Child implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(6);
  private static final int TAIL = 5;

  private final String name;
  private final Process process;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program.
   *
   * @param name what messages call it.
   * @param command the program and its arguments.
   * @param environment all of its variables.
   * @param log the file for what it prints; its folder is the program's, too.
   */
  static Child start(String name, List<String> command, Map<String, String> environment, Path log)
      throws ProcessException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(log.toAbsolutePath().getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return new Child(name, process, log);
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

  /** Returns of some which have ended and how, or nothing if all run. */
  public static Optional<String> death(List<Child> children) {
    List<String> dead = new ArrayList<>();
    for (Child child : children) {
      child.exitCode().ifPresent(code -> dead.add(child.name + " exited with " + code));
    }
    return dead.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", dead));
  }

  /** Returns what it has used. */
  public Usage usage() throws IOException {
    return Usage.of(process.pid());
  }

  /** Returns the last lines that it has printed, as one. */
  public String lastWords() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      return String.join(" / ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
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
