// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's package manager on a system of its own, in a folder, which has nothing but one package.
 * It neither needs nor touches what the computer has installed.
 */
final class Dpkg {
  private static final int LIMIT_SECONDS = 120;
  private static final List<String> FOLDERS = List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin");

  /** Runs what follows two files where these are the computer's users and groups. */
  private static final List<String> WITH_USERS =
      List.of(
          "unshare",
          "--mount",
          "sh",
          "-c",
          "mount --bind \"$1\" /etc/passwd && mount --bind \"$2\" /etc/group && shift 2 && \"$@\"",
          "sh");

  private final Path root;
  private final List<String> prefix = new ArrayList<>();

  private Dpkg(Path root) {
    this.root = root;
  }

  /** Makes a system with some version of Kura, or skips the test where there is no dpkg. */
  static Dpkg withKura(String version, Path root) throws IOException {
    skipIfMissing();
    Path state = Files.createDirectories(root.resolve("var/lib/dpkg"));
    Files.createDirectories(state.resolve("info"));
    Files.createDirectories(state.resolve("updates"));
    Files.writeString(
        state.resolve("status"),
        """
        Package: kura-core
        Status: install ok installed
        Maintainer: nobody <nobody@localhost>
        Architecture: all
        Version: %s
        Description: stands for Kura

        """
            .formatted(version));
    return new Dpkg(root);
  }

  /** Skips the test where there is no dpkg. */
  static void skipIfMissing() {
    assumeTrue(
        FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, "dpkg-deb"))),
        "there is no dpkg");
  }

  /**
   * Adds a user and a group of the same name to the system. As dpkg asks the computer who is who,
   * these are there for it alone, in a mount namespace; which only root may make.
   *
   * @return whether they are there.
   */
  boolean addUser(String name, int id) throws IOException, InterruptedException {
    Path etc = Files.createDirectories(root.resolve("etc"));
    Path users = etc.resolve("passwd");
    Path groups = etc.resolve("group");
    Files.writeString(
        users, "root:x:0:0::/:/bin/sh\n%s:x:%d:%d::/:/bin/false\n".formatted(name, id, id));
    Files.writeString(groups, "root:x:0:\n%s:x:%d:\n".formatted(name, id));
    List<String> with = new ArrayList<>(WITH_USERS);
    with.addAll(List.of(users.toString(), groups.toString()));
    boolean possible = execute(with, "chown", name + ":" + name, etc.toString()).status() == 0;
    if (possible) {
      prefix.addAll(with);
    }
    return possible;
  }

  /** Runs dpkg on the system. */
  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("dpkg", "--root=" + root, "--log=/dev/null", "--force-not-root"));
    return execute(command, arguments);
  }

  /** Tells how dpkg compares two versions. */
  static boolean compares(String one, String relation, String other)
      throws IOException, InterruptedException {
    return execute(List.of("dpkg", "--compare-versions"), one, relation, other).status() == 0;
  }

  /** Runs dpkg-deb, which looks into a package. */
  static Result look(String... arguments) throws IOException, InterruptedException {
    return execute(List.of("dpkg-deb"), arguments);
  }

  /** Returns the files and folders of the system, without what dpkg keeps for itself. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.isEmpty() && !name.startsWith("var"))
          .sorted()
          .toList();
    }
  }

  private static Result execute(List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(program.stream(), Stream.of(arguments)).toList();
    Path output = Files.createTempFile("dpkg", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder
        .environment()
        .merge("PATH", String.join(":", FOLDERS), (path, more) -> path + ":" + more);
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " has not ended within " + LIMIT_SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly().waitFor();
      Files.delete(output);
    }
  }

  /**
   * How a run has ended.
   *
   * @param status its exit status.
   * @param output what it has said.
   */
  record Result(int status, String output) {}
}
