// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

/** The entry point of {@code bin/emulator}. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param arguments the command line.
   */
  public static void main(String[] arguments) {
    System.exit(new Program(System.getenv(), System.out, System.err).run(arguments));
  }
}
