// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.process.Program;
import java.nio.file.Path;

/**
 * The entry point of {@code bin/localproxy}; this class is in {@code lib} beside {@code bundle}.
 */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the arguments, unless they are in the environment.
   */
  public static void main(String[] arguments) {
    Program.run(
        (home, stop) ->
            new LocalProxy(
                    new Surroundings(System.getenv(), Path.of("")),
                    home.resolve("bundle"),
                    stop,
                    System.out,
                    System.err)
                .run(arguments));
  }
}
