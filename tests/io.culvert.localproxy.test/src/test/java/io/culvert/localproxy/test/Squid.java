// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A squid web proxy that lets clients through to one port. */
final class Squid implements AutoCloseable {
  private final Path accessLog;
  private final int port;
  private final Program program;

  private Squid(Path accessLog, int port, Program program) {
    this.accessLog = accessLog;
    this.port = port;
    this.program = program;
  }

  /**
   * Starts the proxy on loopback; without squid the test is skipped.
   *
   * @param parent a folder that gets one for squid.
   * @param target the only port to connect to.
   * @param credentials user name and password with a space between them; none if all may use it.
   */
  static Squid start(Path parent, int target, Optional<String> credentials)
      throws IOException, InterruptedException {
    String squid = Program.find("squid");
    // Started by root it becomes another user, who needs a way to its folder.
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    Path folder = Files.createDirectory(parent.resolve("squid"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port = FreePort.find();
    List<String> configuration =
        new ArrayList<>(
            List.of(
                "http_port 127.0.0.1:" + port,
                "pid_filename none",
                "cache_log /dev/null",
                "access_log stdio:" + folder.resolve("access.log"),
                "coredump_dir " + folder,
                "cache deny all",
                "shutdown_lifetime 0 seconds",
                "acl target port " + target));
    if (credentials.isPresent()) {
      Path helper = folder.resolve("check-password");
      Files.writeString(helper, helper(credentials.get()));
      Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
      configuration.addAll(
          List.of(
              "auth_param basic program " + helper,
              "auth_param basic children 1",
              "auth_param basic realm test",
              "acl known proxy_auth REQUIRED",
              "http_access allow CONNECT target known"));
    } else {
      configuration.add("http_access allow CONNECT target");
    }
    configuration.add("http_access deny all");
    Path file = folder.resolve("squid.conf");
    Files.write(file, configuration);
    Program program =
        Program.start(new ProcessBuilder(squid, "-N", "-d", "1", "-f", file.toString()));
    program.await("Accepting HTTP Socket connections at .*" + port);
    return new Squid(folder.resolve("access.log"), port, program);
  }

  /** Returns a program that squid asks about user name and password, a line each. */
  private static String helper(String credentials) {
    return """
        #!/bin/sh
        while read -r line; do
          if [ "$line" = '%s' ]; then echo OK; else echo ERR; fi
        done
        """
        .formatted(credentials);
  }

  int port() {
    return port;
  }

  /** Returns the lines about requests that have ended. */
  List<String> requests() throws IOException {
    return Files.readAllLines(accessLog);
  }

  /** Ends it in order, so that all requests are in its log. */
  void stop() throws InterruptedException {
    program.terminate();
    program.exit();
  }

  @Override
  public void close() {
    program.close();
  }
}
