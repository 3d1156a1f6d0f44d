// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The assembled gateway as a process, with folders of its own. All waiting is bounded. Closing it
 * kills the process if it still runs.
 */
final class GatewayProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("target/culvert/bin/culvert").toAbsolutePath();
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean silent;

  private GatewayProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it with {@code conf}, {@code state} and {@code tmp} in a folder. */
  static GatewayProcess start(Path folder, String... arguments) throws IOException {
    for (String name : List.of("conf", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home") + "/bin/java");
    builder.environment().put("CULVERT_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("tmp"));
    builder.environment().put("CULVERT_CONF", folder.resolve("conf").toString());
    builder.environment().put("CULVERT_STATE", folder.resolve("state").toString());
    return new GatewayProcess(builder.start());
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
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

  /** Waits for a line that holds a text. */
  GatewayProcess await(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (lines) {
      while (lines.stream().noneMatch(line -> line.contains(text))) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (silent || millis <= 0) {
          throw new AssertionError("not printed: " + text + "\n" + String.join("\n", lines));
        }
        lines.wait(millis);
      }
      return this;
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  long pid() {
    return process.pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  /** Waits for the end of the process and of its output, and returns the exit status. */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("has ended").isTrue();
    synchronized (lines) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!silent && System.nanoTime() < end) {
        lines.wait(1000);
      }
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
