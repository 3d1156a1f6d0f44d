// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.util.Locale;

/** Which way bulk goes. */
public enum Direction {
  /** From clients of the source to the application. */
  UP,
  /** From the application to clients of the source. */
  DOWN;

  /** Returns its name in cells. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
