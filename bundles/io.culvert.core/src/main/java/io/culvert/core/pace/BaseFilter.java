// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** The smallest delay of the last 15 to 30 seconds. */
final class BaseFilter {
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final long WINDOW = 15 * Nanos.SECOND;

  private long current = UNKNOWN;
  private long previous = UNKNOWN;
  private long turned;

  void add(long delay, long now) {
    if (now - turned > WINDOW) {
      previous = current;
      current = delay;
      turned = now;
    }
    current = Math.min(current, delay);
  }

  long value() {
    return Math.min(current, previous);
  }

  boolean isKnown() {
    return value() != UNKNOWN;
  }
}
