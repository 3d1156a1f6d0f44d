// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** Spans of time in nanoseconds. */
final class Nanos {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  private Nanos() {}

  static double toSeconds(long nanos) {
    return nanos / (double) SECOND;
  }

  static long ofSeconds(double seconds) {
    return (long) (seconds * SECOND);
  }
}
