// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.Arrays;
import java.util.Locale;

/**
 * What became of a scenario. Delays are milliseconds added to what an idle link takes.
 *
 * @param p50 of the echoes while it was measured.
 * @param p99 of them.
 * @param worst of them.
 * @param first the first echo of the last client that came.
 * @param worstAtStart in the ten seconds from the start of bulk on.
 * @param slowMillis how long echoes above 100 ms were waited for, while it was measured.
 * @param queueP99 what waited for the link, as milliseconds of its rate.
 * @param share of the link that was used while it was measured.
 * @param unpacedShare of the time of measurement in which nothing was paced.
 * @param trace what the pacer did every second.
 */
record Outcome(
    double p50,
    double p99,
    double worst,
    double first,
    double worstAtStart,
    double slowMillis,
    double queueP99,
    double share,
    double unpacedShare,
    String trace) {

  /** Returns the worse of two in each respect. */
  Outcome worse(Outcome other) {
    return new Outcome(
        Math.max(p50, other.p50),
        Math.max(p99, other.p99),
        Math.max(worst, other.worst),
        Math.max(first, other.first),
        Math.max(worstAtStart, other.worstAtStart),
        Math.max(slowMillis, other.slowMillis),
        Math.max(queueP99, other.queueP99),
        Math.min(share, other.share),
        Math.min(unpacedShare, other.unpacedShare),
        "");
  }

  static double percentile(double[] values, double part) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %6.1f  p99 %7.1f  worst %7.1f  first %7.1f  start %7.1f  >100ms %6.0f  queue p99 %7.1f"
            + "  share %5.1f %%  unpaced %3.0f %%",
        p50,
        p99,
        worst,
        first,
        worstAtStart,
        slowMillis,
        queueP99,
        100 * share,
        100 * unpacedShare);
  }
}
