// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.Optional;

/**
 * One bar of a chart. Immutable.
 *
 * @param value what it shows, or nothing if no run has brought it.
 * @param isDoubtful whether some of its runs have failed.
 */
record Bar(Optional<Spread> value, boolean isDoubtful) {
  /** Tells whether its runs differ. */
  boolean isSpread() {
    return value.filter(spread -> spread.highest() > spread.lowest()).isPresent();
  }
}
