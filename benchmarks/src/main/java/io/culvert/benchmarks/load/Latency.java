// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import org.HdrHistogram.Histogram;

/** How long round trips took. Filled by {@link Samples}, then only read. */
public final class Latency {
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Histogram histogram = new Histogram(DIGITS);

  Latency() {}

  void add(long nanos) {
    histogram.recordValue(nanos);
  }

  /** Returns how many there are. */
  public int count() {
    return Math.toIntExact(histogram.getTotalCount());
  }

  /** Returns a percentile in milliseconds, NaN of none. */
  public double percentile(double percent) {
    return count() == 0 ? Double.NaN : histogram.getValueAtPercentile(percent) / NANOS_PER_MILLI;
  }

  /** Returns the longest in milliseconds, NaN of none. */
  public double worst() {
    return count() == 0 ? Double.NaN : histogram.getMaxValue() / NANOS_PER_MILLI;
  }
}
