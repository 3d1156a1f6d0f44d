// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.process;

import sun.misc.Signal;

/** Turns the signals that ask a process to stop into a call, so that the demo can end in order. */
public final class StopSignals {
  private StopSignals() {}

  /** Calls back on SIGTERM, SIGINT and SIGHUP, on a thread of the JVM. */
  public static void handle(Runnable action) {
    for (String name : new String[] {"TERM", "INT", "HUP"}) {
      Signal.handle(new Signal(name), signal -> action.run());
    }
  }
}
