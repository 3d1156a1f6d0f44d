// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses: after five wrong tries in a row nothing is looked at for half a minute,
 * not even what is right, as an answer would help the guesser. Thread-safe; one try at a time.
 */
final class WrongTries {
  static final String PAUSE_TEXT = "5 wrong passwords; for 30 s none is looked at";

  private static final int MOST = 5;
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanoTime;
  private int wrong;
  private long pauseStart;

  WrongTries(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What becomes of a try. */
  enum Verdict {
    RIGHT,
    WRONG,
    /** It was wrong, and the pause begins. */
    PAUSE,
    /** It was not looked at. */
    PAUSED
  }

  synchronized Verdict judge(BooleanSupplier right) {
    if (wrong == MOST) {
      if (nanoTime.getAsLong() - pauseStart < PAUSE_NANOS) {
        return Verdict.PAUSED;
      }
      wrong = 0;
    }
    if (right.getAsBoolean()) {
      wrong = 0;
      return Verdict.RIGHT;
    }
    wrong++;
    if (wrong < MOST) {
      return Verdict.WRONG;
    }
    pauseStart = nanoTime.getAsLong();
    return Verdict.PAUSE;
  }
}
