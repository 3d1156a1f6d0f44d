// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.Random;

/**
 * Whether a program gets the processor: one that is starved is a little late each time it wakes up,
 * and several times a second stands still for up to 150 ms.
 */
final class Machine {
  private static final double STILLS = 0.4 * Clock.SECOND;

  private final Random random;
  private final boolean starved;
  private long stillFrom;
  private long stillUntil;

  Machine(Clock clock, Random random, boolean starved) {
    this.random = random;
    this.starved = starved;
    if (starved) {
      stillUntil = clock.now();
      next();
    }
  }

  private void next() {
    stillFrom = stillUntil + (long) (-Math.log(1 - random.nextDouble()) * STILLS);
    double part = random.nextDouble();
    stillUntil = stillFrom + (long) ((20 + 130 * part * part * part) * Clock.MILLI);
  }

  /** Returns when it does what it should do at a time. */
  long awakeAt(long time) {
    if (!starved) {
      return time;
    }
    while (time >= stillUntil) {
      next();
    }
    return time >= stillFrom ? stillUntil : time;
  }
}
