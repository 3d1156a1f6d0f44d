// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The program {@code localproxy} as a process. */
final class LocalProxy implements AutoCloseable {
  static final String ESTABLISHED = "INFO  Successfully established websocket connection$";

  private static final Path PROGRAM =
      Path.of(System.getProperty("localproxy.home"), "bin", "localproxy").normalize();

  private final Program program;

  private LocalProxy(Program program) {
    this.program = program;
  }

  /**
   * Starts the program with nothing in its environment but what it is given.
   *
   * @param home its folders, which may have been used before.
   * @param environment variables to set.
   * @param arguments its arguments.
   */
  static LocalProxy start(Home home, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.work().toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put(
            "CULVERT_JAVA_OPTS",
            System.getProperty("test.program.jvm.args") + " -Djava.io.tmpdir=" + home.tmp());
    builder.environment().put("XDG_STATE_HOME", home.state().toString());
    builder.environment().putAll(environment);
    return new LocalProxy(Program.start(builder));
  }

  /** Waits until the tunnel is up. */
  LocalProxy awaitEstablished() throws InterruptedException {
    return awaitEstablished(1);
  }

  /** Waits until the tunnel has come up so many times. */
  LocalProxy awaitEstablished(int times) throws InterruptedException {
    program.await(ESTABLISHED, times);
    return this;
  }

  /** Waits for the address that a source says it listens on for a service. */
  InetSocketAddress address(String service) throws InterruptedException {
    Matcher line = await(": service " + service + " listens on \\[?([^\\]]+)\\]?:([0-9]+)$");
    return new InetSocketAddress(line.group(1), Integer.parseInt(line.group(2)));
  }

  Matcher await(String regex) throws InterruptedException {
    return program.await(regex);
  }

  List<String> lines() {
    return program.lines();
  }

  int exit() throws InterruptedException {
    return program.exit();
  }

  long pid() {
    return program.pid();
  }

  void terminate() {
    program.terminate();
  }

  /** Kills it without a chance to clean up. */
  @Override
  public void close() {
    program.close();
  }

  /**
   * The folders of one user of the program.
   *
   * @param state what outlives a process.
   * @param tmp what does not.
   * @param work the working folder.
   */
  record Home(Path state, Path tmp, Path work) {
    static Home create(Path folder) throws IOException {
      return new Home(
          Files.createDirectories(folder.resolve("state")),
          Files.createDirectories(folder.resolve("tmp")),
          Files.createDirectories(folder.resolve("work")));
    }
  }
}
