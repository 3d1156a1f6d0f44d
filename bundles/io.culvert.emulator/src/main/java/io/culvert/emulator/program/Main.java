// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import io.culvert.program.StopSignals;
import java.util.concurrent.CompletableFuture;

/** The entry point of {@code bin/emulator}. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process. Signals are taken over first of all: until then, one
   * ends the process at once.
   *
   * @param arguments the command line.
   */
  public static void main(String[] arguments) {
    CompletableFuture<String> stop = StopSignals.handle();
    RequestLimits.set();
    System.exit(new Program(System.getenv(), stop, System.out, System.err).run(arguments));
  }
}
