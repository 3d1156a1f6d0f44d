// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.process;

import java.io.PrintStream;

/**
 * Where the program {@code culvert} prints.
 *
 * @param out what was asked for, and the log.
 * @param err what is wrong with the command line.
 */
public record Console(PrintStream out, PrintStream err) {

  /**
   * Says in one line why something is not done.
   *
   * @param why the reason.
   */
  public void refuse(String why) {
    err.println("culvert: " + oneLine(why));
  }

  /**
   * Returns a text as it can be printed.
   *
   * @param text a text that may hold control characters.
   */
  public static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
