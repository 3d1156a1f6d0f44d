// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembled program as a process, with a fake in the place of the core bundle. */
class LocalproxyIT {
  private static final Path BUILT = Path.of("target/culvert");
  private static final String TOKEN = "s3cret-acce55-token";

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    try (Stream<Path> tree = Files.walk(BUILT)) {
      for (Path from : tree.toList()) {
        Path to = folder.resolve("home").resolve(BUILT.relativize(from));
        if (!to.getFileName().toString().startsWith("io.culvert.core")) {
          Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    FakeCore.write(folder.resolve("home/bundle/io.culvert.core.fake.jar"));
    Files.createDirectory(folder.resolve("tmp"));
  }

  @AfterEach
  void stopAll() {
    processes.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalEndsTheProgramInOrderAndLeavesNothing(String signal) throws Exception {
    Process process = start("-r", "us-east-1", "-t", TOKEN, "-s", "SSH=5555");
    CompletableFuture<List<String>> output = new CompletableFuture<>();
    awaitLine(process, StatusPrinter.ESTABLISHED, output);

    Path storage = only(folder.resolve("tmp"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(storage)))
        .isEqualTo("rwx------");
    assertThat(commandLine(process)).contains("io.culvert.launcher.Main").doesNotContain(TOKEN);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
    assertThat(output.get(20, TimeUnit.SECONDS))
        .anyMatch(line -> line.endsWith("INFO  Successfully established websocket connection"))
        .anyMatch(line -> line.contains("WARN  --access-token: the token stays visible"))
        .anyMatch(line -> line.endsWith("INFO  Stopped by SIG" + signal))
        .noneMatch(line -> line.contains(TOKEN) || line.contains("ERROR"));
  }

  @Test
  void aRefusedTokenEndsTheProgramWithStatusThreeAndOneLine() throws Exception {
    Process process = start("-r", "us-east-1", "-t", TOKEN, "-d", "refused=22", "-v", "1");

    List<String> lines = lines(process);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith("FATAL CLV-REFUSED HTTP status 403: no such token (channel-id ch-1)");
    assertThat(folder.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aBadOptionEndsTheProgramWithStatusOneAndOneLine() throws Exception {
    Process process = start("-r", "us-east-1", "-t", TOKEN, "-s", "SSH=x y");

    List<String> lines = lines(process);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(
            "localproxy: --source-listen-port 'SSH=x y': has the endpoint 'x y' of SSH, which must be");
  }

  @Test
  void aFolderForTemporaryFilesThatCannotBeUsedIsNamed() throws Exception {
    Files.delete(folder.resolve("tmp"));
    Process process = start("-r", "us-east-1", "-t", TOKEN, "-s", "SSH=5555", "-v", "1");

    List<String> lines = new ArrayList<>(lines(process));

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(6);
    // Java 25 says something of its own about such a folder.
    lines.removeIf(line -> line.startsWith("WARNING: java.io.tmpdir"));
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("FATAL The folder for temporary files, '" + folder.resolve("tmp") + "', cannot");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(folder.resolve("home/bin/localproxy").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("CULVERT_JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put(
            "CULVERT_JAVA_OPTS",
            System.getProperty("test.program.jvm.args")
                + " -Djava.io.tmpdir="
                + folder.resolve("tmp"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** Reads until a line ends as told, and on in the background until the end. */
  private static void awaitLine(Process process, String end, CompletableFuture<List<String>> output)
      throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    Thread reading =
        new Thread(
            () -> {
              List<String> lines = new ArrayList<>();
              try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  lines.add(line);
                  if (line.endsWith(end)) {
                    seen.complete(null);
                  }
                }
                seen.completeExceptionally(
                    new AssertionError("not printed: " + end + " in " + lines));
                output.complete(lines);
              } catch (IOException e) {
                seen.completeExceptionally(e);
                output.completeExceptionally(e);
              }
            });
    reading.setDaemon(true);
    reading.start();
    seen.get(60, TimeUnit.SECONDS);
  }

  private static List<String> lines(Process process) throws Exception {
    return CompletableFuture.supplyAsync(
            () -> process.inputReader(StandardCharsets.UTF_8).lines().toList())
        .get(60, TimeUnit.SECONDS);
  }

  private static Path only(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      List<Path> found = entries.filter(path -> path.toString().contains("culvert-")).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static String commandLine(Process process) throws IOException {
    Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    return Files.exists(file)
        ? Files.readString(file, StandardCharsets.UTF_8)
        : process.info().commandLine().orElse("io.culvert.launcher.Main");
  }
}
