// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;

/**
 * Turns the signals that ask a process to stop into a result, so that it can end in order and with
 * an exit status of its own; a shutdown hook could change neither order nor status.
 */
public final class StopSignals {
  private static final String[] NAMES = {"TERM", "INT", "HUP"};

  private StopSignals() {}

  /**
   * Takes the signals over. A signal that the system does not have, or that the JVM needs itself,
   * keeps its default; one that is ignored, as SIGHUP under {@code nohup}, goes on being ignored.
   *
   * @return completes with the name of the first signal, on a thread of the JVM.
   */
  public static CompletableFuture<String> handle() {
    CompletableFuture<String> first = new CompletableFuture<>();
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), signal -> first.complete("SIG" + signal.getName()));
      } catch (IllegalArgumentException e) {
        // Not for us to take; it keeps its default.
      }
    }
    return first;
  }
}
