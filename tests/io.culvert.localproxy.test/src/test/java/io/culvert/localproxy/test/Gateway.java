// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import io.culvert.emulator.EmulatedTunnel;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The program {@code culvert} as a process, as the destination of a rig's tunnel. */
final class Gateway implements AutoCloseable {
  static final String TUNNEL = "io.culvert.Tunnel~support.cfg.json";

  private static final Path PROGRAM =
      Path.of(System.getProperty("localproxy.home"), "bin", "culvert").normalize();

  private final Path folder;
  private final Program program;

  private Gateway(Path folder, Program program) {
    this.folder = folder;
    this.program = program;
  }

  /**
   * Starts the program with what is in its folder.
   *
   * @param folder has or gets {@code conf}, {@code state} and {@code tmp}.
   * @param arguments its arguments.
   */
  static Gateway start(Path folder, String... arguments) throws IOException {
    return start(folder, Map.of(), arguments);
  }

  /** Starts it as {@link #start(Path, String...)}, with further variables. */
  static Gateway start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Path tmp = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put(
            "CULVERT_JAVA_OPTS",
            System.getProperty("test.program.jvm.args") + " -Djava.io.tmpdir=" + tmp);
    builder.environment().put("CULVERT_CONF", conf.toString());
    builder.environment().put("CULVERT_STATE", folder.resolve("state").toString());
    builder.environment().putAll(environment);
    return new Gateway(folder, Program.start(builder));
  }

  /** Writes the files that make a folder's gateway the destination of a rig's tunnel. */
  static void configure(Path folder, Rig rig, String... mappings) throws IOException {
    settings(folder, rig, 1000);
    mappings(folder, mappings);
    tunnel(folder, TUNNEL, rig.tunnel());
  }

  /** Writes where tunnels connect to, and how long after a failure. */
  static void settings(Path folder, Rig rig, int retryDelay) throws IOException {
    write(
        folder,
        "io.culvert.TunnelManager.cfg.json",
        "{\"endpoint\": \"%s\", \"ca.path\": \"%s\", \"retry.delay\": %d}"
            .formatted(rig.endpoint(), rig.authority(), retryDelay));
  }

  /** Writes where applications are. */
  static void mappings(Path folder, String... mappings) throws IOException {
    write(
        folder,
        "io.culvert.ServiceMappingConfig.cfg.json",
        "{\"destinations\": [\"%s\"]}".formatted(String.join("\", \"", mappings)));
  }

  /** Writes a tunnel with its present access token. */
  static void tunnel(Path folder, String file, EmulatedTunnel tunnel) throws IOException {
    String token = tunnel.accessToken(TunnelEnd.DESTINATION).reveal();
    write(folder, file, "{\"access.token\": \"%s\"}".formatted(token));
  }

  /** Puts a file into the folder of configurations in one step. */
  static void write(Path folder, String name, String content) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.move(file, conf.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  Path folder() {
    return folder;
  }

  Gateway awaitLine(String regex) throws InterruptedException {
    await(regex);
    return this;
  }

  /** Waits for a line and returns how it matched. */
  Matcher await(String regex) throws InterruptedException {
    return program.await(regex);
  }

  /** Waits until so many lines match. */
  void await(String regex, int count) throws InterruptedException {
    program.await(regex, count);
  }

  List<String> lines() {
    return program.lines();
  }

  long pid() {
    return program.pid();
  }

  void terminate() {
    program.terminate();
  }

  /** Asks it to stop, and waits no longer than is promised; returns the exit status. */
  int stop() throws InterruptedException {
    program.terminate();
    return program.exitWithin(5);
  }

  int exit() throws InterruptedException {
    return program.exit();
  }

  /** Kills it without a chance to clean up. */
  @Override
  public void close() {
    program.close();
  }
}
