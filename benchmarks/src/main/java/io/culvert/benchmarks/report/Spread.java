// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import io.culvert.benchmarks.result.Median;
import java.util.Collection;
import java.util.Collections;

/**
 * One figure in all runs of a cell with a program. Immutable.
 *
 * @param median the one that counts.
 * @param lowest the lowest.
 * @param highest the highest.
 */
record Spread(double median, double lowest, double highest) {
  /** Makes one of at least one value. */
  static Spread of(Collection<Double> values) {
    return new Spread(Median.of(values), Collections.min(values), Collections.max(values));
  }
}
