// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The script {@code demo} as a process, with a folder of its own for temporary files. It is killed
 * when this is closed. For one thread, but for the one that reads the output.
 */
final class RunningDemo implements AutoCloseable {
  private static final long LONGEST_SECONDS = 120;

  private final Path temporary;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private RunningDemo(Path temporary, Process process) {
    this.temporary = temporary;
    this.process = process;
    Thread reader = new Thread(this::read, "demo-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts the script of a folder.
   *
   * @param temporary is made if it is not there.
   */
  static RunningDemo start(Path root, Path temporary, String... arguments) throws IOException {
    return start(root, temporary, Map.of(), arguments);
  }

  /** Starts the script with more variables in its environment. */
  static RunningDemo start(
      Path root, Path temporary, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    // A JVM that was started in the background hands on that SIGINT is ignored.
    if (hasDefaultSignals()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(root.resolve("demo").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TMPDIR", Files.createDirectories(temporary).toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CULVERT_JAVA_OPTS", System.getProperty("test.program.jvm.args"));
    builder.environment().putAll(variables);
    return new RunningDemo(temporary, builder.start());
  }

  private static boolean hasDefaultSignals() throws IOException {
    Process env =
        new ProcessBuilder("env", "--default-signal=INT", "true").redirectErrorStream(true).start();
    return env.onExit().join().exitValue() == 0;
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
      end.complete(null);
    } catch (IOException e) {
      end.completeExceptionally(e);
    } finally {
      synchronized (lines) {
        lines.notifyAll();
      }
    }
  }

  /** Waits until a line holds a text. */
  void await(String text) throws InterruptedException {
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    synchronized (lines) {
      while (lines.stream().noneMatch(line -> line.contains(text))) {
        assertThat(System.nanoTime() < last && process.isAlive())
            .as("'%s' in %s", text, lines)
            .isTrue();
        lines.wait(100);
      }
    }
  }

  /** Returns what it has printed so far. */
  String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Returns the process group that the work runs in, or empty if there is none at the moment. */
  String group() throws IOException {
    try (Stream<Path> work = Files.list(temporary)) {
      Path file = work.findFirst().orElse(temporary).resolve("group");
      return Files.exists(file) ? Files.readString(file).strip() : "";
    }
  }

  void signal(String name) throws Exception {
    assertThat(sh("kill -" + name + " " + process.pid())).isZero();
  }

  /** Waits for the end, also of the output, and returns the exit status. */
  int awaitEnd() throws Exception {
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
    end.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    return process.exitValue();
  }

  /** Waits until nothing is left: no file, and no process of the group. */
  void awaitNothingLeft(String group) throws Exception {
    String wait =
        "n=0; while [ -n \"$(ls -A '%s')\" ] && [ $n -lt 200 ]; do sleep 0.1; n=$((n + 1)); done"
            .formatted(temporary);
    assertThat(sh(wait)).isZero();
    assertThat(temporary).isEmptyDirectory();
    if (!group.isEmpty()) {
      assertThat(sh("ps -A -o pgid= -o stat= | grep '^ *" + group + " [^Z]'")).isNotZero();
    }
  }

  private static int sh(String script) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    assertThat(shell.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return shell.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
