// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.Random;

/** Whether a program gets the processor: it may stand still now and then, mostly for short. */
final class Machine {
  private final Random random;
  private final Scenario.Stills stills;
  private long stillFrom;
  private long stillUntil;

  Machine(Clock clock, Random random, Scenario.Stills stills) {
    this.random = random;
    this.stills = stills;
    if (stills.everyMillis() > 0) {
      stillUntil = clock.now();
      next();
    }
  }

  private void next() {
    stillFrom =
        stillUntil
            + (long) (-Math.log(1 - random.nextDouble()) * stills.everyMillis() * Clock.MILLI);
    double part = random.nextDouble();
    stillUntil = stillFrom + (long) (stills.millis(part * part * part) * Clock.MILLI);
  }

  /** Returns when it does what it should do at a time. */
  long awakeAt(long time) {
    if (stills.everyMillis() == 0) {
      return time;
    }
    while (time >= stillUntil) {
      next();
    }
    return time >= stillFrom ? stillUntil : time;
  }
}
