// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import io.culvert.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts the programs of Culvert and ends them all, the last one first. Their files are in the work
 * folder, their environment is that of the demo without what would change what they do. Confined to
 * one thread.
 */
public final class Programs implements AutoCloseable {
  private static final Duration LONGEST_END = Duration.ofSeconds(6);
  private static final List<String> NOT_INHERITED =
      List.of("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");

  private final Path root;
  private final Path work;
  private final Alarm alarm;
  private final List<ChildProcess> started = new ArrayList<>();

  /**
   * Starts nothing yet.
   *
   * @param root the folder of the repository.
   * @param work the demo's own folder.
   * @param alarm rings when a program dies.
   */
  public Programs(Path root, Path work, Alarm alarm) {
    this.root = root;
    this.work = work;
    this.alarm = alarm;
  }

  /** Returns the emulator's program. */
  public Path emulator() {
    return root.resolve("bundles/io.culvert.emulator/target/emulator/bin/emulator");
  }

  /** Returns the program for a gateway. */
  public Path gateway() {
    return root.resolve("distribution/target/culvert/bin/culvert");
  }

  /** Returns the program for the operator's machine. */
  public Path localproxy() {
    return root.resolve("distribution/target/culvert/bin/localproxy");
  }

  /**
   * Starts a program.
   *
   * @param name what the user knows it by; the log is named after it.
   * @param extra variables besides the usual ones.
   */
  public ChildProcess start(String name, List<String> command, Map<String, String> extra)
      throws DemoException {
    Path log = log(name);
    Map<String, String> environment = environment();
    environment.putAll(extra);
    ChildProcess child = ChildProcess.start(name, command, environment, log, alarm);
    started.add(child);
    return child;
  }

  private Path log(String name) throws DemoException {
    Path folder = work.resolve("log");
    try {
      return Files.createDirectories(folder).resolve(name.replace(' ', '-') + ".log");
    } catch (IOException e) {
      throw new DemoException("cannot make the folder '" + folder + "': " + e.getMessage(), e);
    }
  }

  /** Returns the variables that every program of the demo gets. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    NOT_INHERITED.forEach(environment::remove);
    environment.keySet().removeIf(name -> name.startsWith("AWSIOT_TUNNEL_"));
    environment.put(
        "CULVERT_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    environment.put(
        "CULVERT_JAVA_OPTS", "-XX:-UsePerfData -Djava.io.tmpdir=" + work.resolve("tmp"));
    environment.put("XDG_STATE_HOME", work.resolve("state").toString());
    return environment;
  }

  /** Returns what is running, in the order of its start. */
  public List<ChildProcess> started() {
    return List.copyOf(started);
  }

  /** Ends all programs and waits for that. */
  @Override
  public void close() {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).stop();
    }
    started.forEach(child -> child.awaitEnd(LONGEST_END));
    started.clear();
  }
}
