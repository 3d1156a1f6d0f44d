// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.program;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the signals that ask a process to stop into a result, so that it can end in order and with
 * an exit status of its own; a shutdown hook could change neither order nor status.
 */
public final class StopSignals {
  /** What a shell adds to the number of the signal by which a process has ended. */
  private static final int AFTER_SIGNAL = 128;

  private static final String PREFIX = "SIG";
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
        Signal.handle(new Signal(name), signal -> first.complete(PREFIX + signal.getName()));
      } catch (IllegalArgumentException e) {
        // Not for us to take; it keeps its default.
      }
    }
    return first;
  }

  /**
   * Gives the signals back, so that each ends the process at once.
   *
   * @param taken what {@link #handle()} has returned; if a signal has come since, it ends the
   *     process now.
   */
  public static void giveBack(CompletableFuture<String> taken) {
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
      } catch (IllegalArgumentException e) {
        // It was not taken either.
      }
    }
    taken.thenAccept(
        name -> {
          int number = new Signal(name.substring(PREFIX.length())).getNumber();
          Runtime.getRuntime().halt(AFTER_SIGNAL + number);
        });
  }
}
