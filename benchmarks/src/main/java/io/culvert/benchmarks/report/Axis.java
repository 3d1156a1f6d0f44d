// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The upright axis of a chart: where a value is between its ends, and what is marked. Immutable.
 *
 * @param logarithmic whether equal steps are equal factors.
 * @param low the value at its lower end.
 * @param high the value at its upper end.
 * @param marks the values to mark.
 */
record Axis(boolean logarithmic, double low, double high, List<Double> marks) {
  private static final int MARKS = 5;
  private static final double LEAST_FACTOR = 2;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** Returns one from 0 up. */
  static Axis linear(double highest) {
    double rough = highest / MARKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power;
    for (double candidate : STEPS) {
      step = candidate * power;
      if (step >= rough) {
        break;
      }
    }
    List<Double> marks = new ArrayList<>();
    for (int i = 0; i * step < highest + step; i++) {
      marks.add(i * step);
    }
    return new Axis(false, 0, marks.get(marks.size() - 1), marks);
  }

  /** Returns one of whole powers of ten, which begins so far below the lowest that it is seen. */
  static Axis logarithmic(double lowest, double highest) {
    int from = (int) Math.floor(Math.log10(lowest / LEAST_FACTOR));
    int to = Math.max(from + 1, (int) Math.ceil(Math.log10(highest)));
    List<Double> marks = new ArrayList<>();
    for (int power = from; power <= to; power++) {
      marks.add(Math.pow(10, power));
    }
    return new Axis(true, Math.pow(10, from), Math.pow(10, to), marks);
  }

  /** Returns where a value is: 0 at the lower end, 1 at the upper end. */
  double position(double value) {
    if (!logarithmic) {
      return (value - low) / (high - low);
    }
    return Math.log(Math.max(value, low) / low) / Math.log(high / low);
  }
}
