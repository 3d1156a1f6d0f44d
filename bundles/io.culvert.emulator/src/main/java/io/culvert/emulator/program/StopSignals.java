// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.program;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Turns the signals that ask a process to stop into a call, so that it can end in order and with
 * exit status 0, which a shutdown hook could not change.
 */
final class StopSignals {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
  private static final String[] NAMES = {"TERM", "INT", "HUP"};

  private StopSignals() {}

  /**
   * Calls back on each of the signals, on a thread of the JVM. A signal that the system does not
   * have, or that is to be ignored as under {@code nohup}, keeps its default.
   *
   * @param action is given the name of the signal.
   */
  static void handle(Consumer<String> action) {
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), signal -> action.accept("SIG" + signal.getName()));
      } catch (IllegalArgumentException e) {
        LOG.debug("SIG{} keeps its default: {}", name, e.getMessage());
      }
    }
  }
}
