// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

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
