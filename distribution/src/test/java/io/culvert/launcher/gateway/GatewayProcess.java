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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The assembled gateway as a process, with folders of its own. All waiting is bounded. Closing it
 * kills the process if it still runs.
 */
final class GatewayProcess implements AutoCloseable {
  /** The folder that the build makes. */
  static final Path HOME = Path.of("target/culvert").toAbsolutePath();

  /** How long it may take to end, as the documentation promises. */
  private static final long STOP_SECONDS = 5;

  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean silent;

  private GatewayProcess(Process process) {
    this.process = process;
  }

  /** Starts it with {@code conf}, {@code state} and {@code tmp} in a folder. */
  static GatewayProcess start(Path folder, String... arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  /** Starts it as {@link #start(Path, String...)}, with further variables. */
  static GatewayProcess start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return startFrom(HOME, folder, environment, arguments).readAll();
  }

  /** Starts a copy of the program. */
  static GatewayProcess startCopy(Path home, Path folder) throws IOException {
    return startFrom(home, folder, Map.of()).readAll();
  }

  /** Starts it with nobody who reads what it prints. */
  static GatewayProcess startUnread(Path folder) throws IOException {
    return startFrom(HOME, folder, Map.of());
  }

  private static GatewayProcess startFrom(
      Path home, Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    for (String name : List.of("conf", "tmp")) {
      Files.createDirectories(folder.resolve(name));
    }
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/culvert").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put(
            "CULVERT_JAVA_OPTS",
            System.getProperty("test.program.jvm.args")
                + " -Djava.io.tmpdir="
                + folder.resolve("tmp"));
    builder.environment().put("CULVERT_CONF", folder.resolve("conf").toString());
    builder.environment().put("CULVERT_STATE", folder.resolve("state").toString());
    builder.environment().putAll(environment);
    return new GatewayProcess(builder.start());
  }

  private GatewayProcess readAll() {
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    return this;
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

  /** Asks it to stop, and waits for its end as long as it may take; returns the exit status. */
  int stop(String signal) throws IOException, InterruptedException {
    signal(signal);
    assertThat(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
        .as("has ended within %d s of SIG%s", STOP_SECONDS, signal)
        .isTrue();
    return process.exitValue();
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
