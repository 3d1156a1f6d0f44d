// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import io.culvert.launcher.cli.Surroundings;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.process.Program;
import java.nio.file.Path;

/** The entry point of {@code bin/culvert}; this class is in {@code lib} beside {@code bundle}. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the arguments.
   */
  public static void main(String[] arguments) {
    Program.run(
        (home, stop) -> {
          Surroundings surroundings = new Surroundings(System.getenv(), Path.of(""));
          GatewayCommand command =
              new GatewayCommand(home, surroundings, new Console(System.out, System.err), stop);
          return command.run(arguments);
        });
  }
}
