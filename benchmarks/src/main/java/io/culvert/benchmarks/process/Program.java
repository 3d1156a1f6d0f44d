// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program with the flags of the AWS reference proxy. Immutable.
 *
 * @param name what results call it.
 * @param file the program.
 * @param version what it says of itself, and what tells two builds apart.
 * @param limitKib address space in KiB that it may use, 0 for no limit.
 */
public record Program(String name, Path file, String version, long limitKib) {
  /**
   * Tells whether it can be started with settings. Only flags are common to all programs; more than
   * the defaults needs the program {@code culvert} beside it.
   */
  public boolean takes(Settings settings) {
    return settings.isNone() || Files.isExecutable(gateway());
  }

  /** Returns where the program {@code culvert} of the same build would be. */
  Path gateway() {
    return file.resolveSibling("culvert");
  }

  /** Returns the command line with arguments. */
  List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (limitKib > 0) {
      // The shell is replaced by the program, so the process id is the program's.
      command.addAll(
          List.of("sh", "-c", "ulimit -v \"$0\" && exec \"$@\"", Long.toString(limitKib)));
    }
    command.add(file.toString());
    command.addAll(arguments);
    return command;
  }
}
