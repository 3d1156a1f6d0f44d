// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts all processes of one run, and ends them, the last one first. Their files are in the run's
 * folder; their environment is that of the suite without what would change what they do.
 * Thread-safe, so that the end of the suite can end them, too.
 */
public final class Launcher implements AutoCloseable {
  private static final List<String> NOT_INHERITED =
      List.of("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");

  private final Path folder;
  private final Secrets secrets = new Secrets();
  private final Deque<Child> children = new ArrayDeque<>();
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param folder an existing folder, of this run alone.
   */
  public Launcher(Path folder) {
    this.folder = folder;
  }

  /** Returns a folder of that name for the files of a process, made if need be. */
  Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /**
   * Starts a program.
   *
   * @param name what messages call it; its log is named after it.
   * @param command the program and its arguments.
   * @param extra variables besides the usual ones.
   */
  synchronized Child start(String name, List<String> command, Map<String, String> extra)
      throws ProcessException {
    if (closed) {
      throw new ProcessException("the " + name + " is not started: the run is over");
    }
    Map<String, String> environment = environment();
    environment.putAll(extra);
    Child child = Child.start(name, command, environment, folder.resolve(name + ".log"), secrets);
    children.push(child);
    return child;
  }

  /** Keeps a token out of what is told of the processes. */
  void hide(String token) {
    secrets.add(token);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    NOT_INHERITED.forEach(environment::remove);
    environment.keySet().removeIf(name -> name.startsWith("AWSIOT_TUNNEL_"));
    // All run on the Java of the suite, which is the one that the results name.
    environment.put(
        "CULVERT_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    return environment;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!children.isEmpty()) {
      children.pop().close();
    }
  }
}
