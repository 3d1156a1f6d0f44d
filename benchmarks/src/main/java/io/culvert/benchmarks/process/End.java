// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.Locale;

/** The two ends of a tunnel. */
public enum End {
  /** Where clients connect to. */
  SOURCE,
  /** Where the application is. */
  DESTINATION;

  /** Returns its name in messages and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
