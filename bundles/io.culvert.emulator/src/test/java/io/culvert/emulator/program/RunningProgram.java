// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.emulator.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running {@code bin/emulator} and all that it has printed. Safe for several threads. */
final class RunningProgram {
  private static final long PATIENCE_SECONDS = 60;

  private static final List<String> WEB_PROXY =
      List.of("https_proxy", "HTTPS_PROXY", "http_proxy", "no_proxy", "NO_PROXY");

  private final Path folder;
  private final Process process;
  private final Thread reading;
  private final List<String> lines = new ArrayList<>();
  private boolean paused;

  RunningProgram(Path program, Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home"));
    builder.environment().put("CULVERT_JAVA_OPTS", System.getProperty("test.program.jvm.args"));
    for (String name : WEB_PROXY) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    process = builder.start();
    reading = new Thread(this::read, "output of the emulator");
    reading.setDaemon(true);
    reading.start();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
          while (paused) {
            lines.wait();
          }
        }
      }
    } catch (IOException | InterruptedException e) {
      synchronized (lines) {
        lines.add(e.toString());
      }
    }
  }

  /** Reads no further until the process has ended. */
  void stopReading() {
    synchronized (lines) {
      paused = true;
    }
  }

  /** Waits until a line holds a text. */
  void await(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (lines) {
      while (lines.stream().noneMatch(line -> line.contains(text))) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || !reading.isAlive()) {
          throw new AssertionError("not printed: " + text + " in " + lines);
        }
        lines.wait(Math.min(left, 1000));
      }
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  Map<String, Object> file() throws IOException {
    return Json.read(Files.readString(folder.resolve("emulator.json")));
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Waits for the end of the process and of its output, and returns the exit status. */
  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + lines());
    }
    synchronized (lines) {
      paused = false;
      lines.notifyAll();
    }
    reading.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly();
  }
}
