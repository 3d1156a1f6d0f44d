// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process and what it prints. Read by a thread of its own; all waiting is bounded. Closing it
 * kills the process if it still runs.
 */
final class Program implements AutoCloseable {
  /** The bound of every waiting here; nothing takes nearly as long. */
  static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean silent;

  private Program(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a process; what it prints, errors included, is collected. */
  static Program start(ProcessBuilder builder) throws IOException {
    return new Program(builder.redirectErrorStream(true).start());
  }

  /** Finds a program of the system; without it the test is skipped. */
  static String find(String name) {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator;
    Optional<Path> found =
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), name + " is not installed");
    return found.orElseThrow().toString();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("cannot read the output: " + e);
    }
    synchronized (lines) {
      silent = true;
      lines.notifyAll();
    }
  }

  private void add(String line) {
    synchronized (lines) {
      lines.add(line);
      lines.notifyAll();
    }
  }

  /** Returns what has been printed so far. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits for a line and returns how it matched. */
  Matcher await(String regex) throws InterruptedException {
    return await(regex, 1);
  }

  /** Waits until so many lines match and returns how the last of them did. */
  Matcher await(String regex, int count) throws InterruptedException {
    Pattern pattern = Pattern.compile(regex);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (lines) {
      while (true) {
        List<Matcher> found =
            lines.stream().map(pattern::matcher).filter(Matcher::find).limit(count).toList();
        if (found.size() == count) {
          return found.get(count - 1);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (silent || millis <= 0) {
          throw new AssertionError(
              "not printed " + count + " times: " + regex + "\n" + String.join("\n", lines));
        }
        lines.wait(millis);
      }
    }
  }

  /** Waits no longer for the end of the process than it may take, and returns the exit status. */
  int exitWithin(long seconds) throws InterruptedException {
    assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
        .as(() -> "has ended in time: " + String.join("\n", lines()))
        .isTrue();
    return process.exitValue();
  }

  /** Waits for the end of the process and of its output, and returns the exit status. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        .as(() -> "has ended: " + String.join("\n", lines()))
        .isTrue();
    synchronized (lines) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!silent && System.nanoTime() < end) {
        lines.wait(1000);
      }
    }
    return process.exitValue();
  }

  long pid() {
    return process.pid();
  }

  /** Asks the process to stop, as a service manager does. */
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would also close the output
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
