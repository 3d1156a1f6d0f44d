// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How late the answers of one connection come by themselves: counts of the last 256 or so that no
 * queue explains. A human, a program at work and a busy machine each have their own; what is rare
 * on a connection tells much when it happens several times in a row.
 */
final class Lateness {
  /** So little is no matter. */
  static final long CALM = 12 * Nanos.MILLI;

  /** Where not even half of the answers are in time by this much, they tell nothing. */
  private static final long IRREGULAR = 30 * Nanos.MILLI;

  private static final double HALF = 0.5;
  private static final double QUARTER = 0.25;

  /** What is in time is counted by the millisecond, as it is late when others come sooner. */
  private static final int FINE = 12;

  private static final int BINS = FINE + 23;
  private static final int ENOUGH = 4;
  private static final int MANY = 16;
  private static final double DOUBTS = 2;
  private static final double FORGETS = 1 / 256.0;

  /** How many answers were how late: by the millisecond up to CALM, then two bins an octave. */
  private final double[] counts = new double[BINS];

  private final @Nullable Lateness others;
  private double sum;
  private long shifted;
  private long calm = CALM;
  private long usual = CALM;

  /** Begins with what is usual on other connections, if there is any. */
  Lateness(@Nullable Lateness others) {
    this.others = others;
  }

  /** Takes note of answers that were so late for reasons of their own. */
  void add(long late, double weight) {
    if (others != null) {
      others.add(late, weight);
    }
    for (int i = 0; i < BINS; i++) {
      counts[i] *= 1 - FORGETS;
    }
    counts[bin(late)] += weight;
    sum = sum * (1 - FORGETS) + weight;
    settle();
  }

  private void settle() {
    calm = quantile(QUARTER);
    usual = quantile(HALF);
  }

  /**
   * Takes note that answers can come sooner than was thought, so that what came in time was later.
   *
   * @param sooner by how much; negative if that was too long ago.
   */
  void shift(long sooner) {
    shifted += sooner;
    long millis = shifted / Nanos.MILLI;
    if (millis != 0) {
      shifted -= millis * Nanos.MILLI;
      double[] inTime = Arrays.copyOf(counts, FINE);
      Arrays.fill(counts, 0, FINE, 0);
      for (int i = 0; i < FINE; i++) {
        counts[bin((i + millis) * Nanos.MILLI)] += inTime[i];
      }
      settle();
    }
  }

  private static int bin(long late) {
    if (late < CALM) {
      return (int) Math.max(0, late / Nanos.MILLI);
    }
    double octaves = Math.log((double) late / CALM) / Math.log(2);
    return Math.min(BINS - 1, FINE + (int) (2 * octaves));
  }

  private long quantile(double part) {
    double sooner = 0;
    for (int i = 0; i < BINS; i++) {
      sooner += counts[i];
      if (sooner >= part * sum) {
        return (long) (CALM * Math.pow(2, Math.max(0, i - FINE + 1) / 2.0));
      }
    }
    return Long.MAX_VALUE;
  }

  /** Returns below which lateness nothing is queued: so early is a quarter of the answers. */
  long calm() {
    return calm;
  }

  /** Returns whether too little is known to tell. */
  boolean isNew() {
    return sum < ENOUGH;
  }

  /** Returns whether late answers tell anything, or may do so as far as is known. */
  boolean isRegular() {
    return isNew() ? others == null || others.isRegular() : usual <= IRREGULAR;
  }

  /** Returns whether hardly any answer is late. */
  boolean isPunctual() {
    double inTime = 0;
    for (int i = 0; i < FINE; i++) {
      inTime += counts[i];
    }
    return sum >= MANY && inTime > 0.8 * sum;
  }

  /** Returns how probably an answer is at least so late by itself. */
  double chance(long late) {
    double count = 0;
    for (int i = bin(late); i < BINS; i++) {
      count += counts[i];
    }
    // What was never seen is the less probable the later it is.
    double unseen =
        others == null ? Math.sqrt((double) CALM / Math.max(CALM, late)) : others.chance(late);
    return (count + DOUBTS * unseen) / (sum + DOUBTS);
  }
}
