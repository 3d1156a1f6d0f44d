// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.util.Collection;

/** Jain's index of fairness: 1 if all have the same, 1/n if one has all. Stateless. */
public final class Jain {
  private Jain() {}

  /** Returns the index, NaN if nobody has anything. */
  public static double index(Collection<? extends Number> shares) {
    double sum = shares.stream().mapToDouble(Number::doubleValue).sum();
    double squares = shares.stream().mapToDouble(Number::doubleValue).map(x -> x * x).sum();
    return sum * sum / (shares.size() * squares);
  }
}
