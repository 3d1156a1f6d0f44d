// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How many of the last answers of a connection came about as soon as usual. People who type and
 * programs that work take as long as they please, so their answers tell nothing of queues: who is
 * to be believed must be in time more often than not.
 */
final class Regularity {
  /** What is later is another matter than a machine that is busy. */
  private static final long ABOUT = 100 * Nanos.MILLI;

  private static final int COUNTED = 16;

  /** So many answers of before count for a connection that is new. */
  private static final int BEFORE = 3;

  private static final double HALF = 0.5;
  private static final double MOST = 0.75;

  private double part;
  private int count;

  /** Begins with what was usual before, 0 if that is not known. */
  Regularity(double before) {
    part = before;
    count = before > 0 ? BEFORE : 0;
  }

  /** Takes note of how much longer than usual an answer took, besides what was known to wait. */
  void add(long late) {
    count = Math.min(COUNTED, count + 1);
    part += ((late < ABOUT ? 1 : 0) - part) / count;
  }

  /** Returns the share of answers in time. */
  double part() {
    return part;
  }

  /** Returns whether late answers mean something. */
  boolean isEnough() {
    return count == 0 || part >= HALF;
  }

  /** Returns whether even a missing answer does. */
  boolean isHigh() {
    return part >= MOST;
  }
}
