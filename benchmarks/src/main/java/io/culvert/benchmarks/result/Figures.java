// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.result;

import java.util.EnumMap;
import java.util.Map;

/** The figures of one run as they come; what could not be measured is left out. Thread-safe. */
public final class Figures {
  private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

  /** Notes a figure; one that is no number is left out. */
  public synchronized void put(Figure figure, double value) {
    if (Double.isFinite(value)) {
      values.put(figure, value);
    }
  }

  /** Returns what there is. */
  public synchronized Map<Figure, Double> values() {
    return new EnumMap<>(values);
  }
}
