// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An OpenSSH server with keys and configuration of its own, for the user of this process. */
final class Sshd implements AutoCloseable {
  private static final String ALIAS = "culvert-test";

  private final Path folder;
  private final int port;
  private final Program program;

  private Sshd(Path folder, int port, Program program) {
    this.folder = folder;
    this.port = port;
    this.program = program;
  }

  /** Starts the server on loopback; without OpenSSH the test is skipped. */
  static Sshd start(Path folder) throws IOException, InterruptedException {
    String sshd = Program.find("sshd");
    makeKey(folder.resolve("host-key"));
    makeKey(folder.resolve("user-key"));
    Files.copy(folder.resolve("user-key.pub"), folder.resolve("authorized"));
    Files.writeString(
        folder.resolve("known"), ALIAS + " " + Files.readString(folder.resolve("host-key.pub")));
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    int port = FreePort.find();
    Path configuration = folder.resolve("sshd_config");
    Files.write(
        configuration,
        List.of(
            "ListenAddress 127.0.0.1:" + port,
            "HostKey " + folder.resolve("host-key"),
            "AuthorizedKeysFile " + folder.resolve("authorized"),
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PasswordAuthentication no",
            "PermitRootLogin prohibit-password",
            "Subsystem sftp internal-sftp"));
    Program program =
        Program.start(new ProcessBuilder(sshd, "-D", "-e", "-f", configuration.toString()));
    program.await("Server listening on 127.0.0.1 port " + port);
    return new Sshd(folder, port, program);
  }

  private static void makeKey(Path file) throws IOException, InterruptedException {
    Program keygen =
        Program.start(
            new ProcessBuilder(
                Program.find("ssh-keygen"),
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "test",
                "-f",
                file.toString()));
    if (keygen.exit() != 0) {
      throw new IOException("no key was made: " + keygen.lines());
    }
  }

  int port() {
    return port;
  }

  /** Returns a command of ssh or scp that logs in here, whatever the port. */
  List<String> command(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Program.find(program),
                "-F",
                "none",
                "-i",
                folder.resolve("user-key").toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "HostKeyAlias=" + ALIAS,
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known")));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    program.close();
  }
}
