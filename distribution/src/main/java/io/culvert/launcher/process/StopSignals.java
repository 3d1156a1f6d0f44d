// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Turns the signals that ask a process to stop into a call, so that it can end in order and with an
 * exit status of its own; a shutdown hook could change neither order nor status.
 */
final class StopSignals {
  private static final String[] NAMES = {"TERM", "INT", "HUP"};

  private StopSignals() {}

  /**
   * Calls back on each of the signals, on a thread of the JVM. A signal that the system does not
   * have, or that the JVM needs itself, keeps its default.
   *
   * @param action is given the name of the signal.
   */
  static void handle(Consumer<String> action) {
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), signal -> action.accept("SIG" + signal.getName()));
      } catch (IllegalArgumentException e) {
        Log.log(System.Logger.Level.DEBUG, "SIG" + name + " keeps its default: " + e.getMessage());
      }
    }
  }
}
