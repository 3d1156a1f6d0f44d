// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import io.culvert.demo.DemoException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs beside the demo. A thread copies what it prints into a log file and shows
 * every line to who asked for them. If it ends before {@link #stop} or {@link #mayEnd}, the alarm
 * rings with the last lines of the log. Thread-safe.
 */
public final class ChildProcess {
  private static final int TAIL = 12;

  private final String name;
  private final Path log;
  private final Process process;
  private final List<Consumer<String>> readers = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread pump;
  private volatile boolean stopping;

  private ChildProcess(String name, Path log, Process process, Alarm alarm) {
    this.name = name;
    this.log = log;
    this.process = process;
    pump = new Thread(() -> pump(alarm), "demo-" + name.replace(' ', '-'));
    pump.setDaemon(true);
  }

  /**
   * Starts a program.
   *
   * @param name what the user knows it by.
   * @param environment all variables that it gets.
   * @param log the file for what it prints.
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log, Alarm alarm)
      throws DemoException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(log.getParent().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      ChildProcess child = new ChildProcess(name, log, process, alarm);
      child.pump.start();
      return child;
    } catch (IOException e) {
      throw new DemoException("the " + name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private void pump(Alarm alarm) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        copy.write(line);
        copy.newLine();
        copy.flush();
        publish(line);
      }
      int status = process.waitFor();
      if (!stopping) {
        alarm.ring(new DemoException(epitaph(status)));
      }
    } catch (IOException e) {
      if (!stopping) {
        alarm.ring(new DemoException("cannot read what the " + name + " prints: " + e, e));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void publish(String line) {
    lines.add(line);
    if (lines.size() > TAIL * 4) {
      lines.remove(0);
    }
    readers.forEach(reader -> reader.accept(line));
  }

  private String epitaph(int status) {
    String how =
        status > 128 ? "was ended by signal " + (status - 128) : "has ended with status " + status;
    return "the " + name + " (process " + process.pid() + ") " + how;
  }

  /** Returns the last lines that it has printed. */
  public synchronized List<String> lastLines() {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
  }

  /** Shows every line from now on; the reader is called on the thread that reads them. */
  public void onLine(Consumer<String> reader) {
    readers.add(reader);
  }

  /** Returns the first line, one of the last printed or one to come, that holds the pattern. */
  public synchronized CompletableFuture<Matcher> line(Pattern pattern) {
    CompletableFuture<Matcher> found = new CompletableFuture<>();
    Consumer<String> look =
        line -> {
          Matcher matcher = pattern.matcher(line);
          if (matcher.find()) {
            found.complete(matcher);
          }
        };
    lines.forEach(look);
    readers.add(look);
    found.whenComplete((matcher, failure) -> readers.remove(look));
    return found;
  }

  public String name() {
    return name;
  }

  public Path log() {
    return log;
  }

  public long pid() {
    return process.pid();
  }

  /** From now on it is no surprise if the program ends by itself. */
  public void mayEnd() {
    stopping = true;
  }

  /** Asks the program to end. */
  public void stop() {
    stopping = true;
    process.destroy();
  }

  /** Waits for the end, and forces it after some time. */
  public void awaitEnd(Duration longest) {
    try {
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      pump.join(1000);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
