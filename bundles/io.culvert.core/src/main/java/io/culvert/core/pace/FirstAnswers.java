// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How long first answers take, on any connection. A longer one may have waited in a queue or be
 * what is usual: then bulk stops once, and whoever asks after that tells which it was.
 */
final class FirstAnswers {
  /** One that takes no longer is usual. */
  private static final long USUAL = 150 * Nanos.MILLI;

  /** So rare must a longer one be for bulk to stop. */
  private static final double RARE = 0.25;

  /** Where a queue has shrunk an answer takes less of the time. */
  private static final double SOONER = 0.8;

  /** What bulk stopped for in vain counts so often. */
  private static final double IN_VAIN = 4;

  /** So much longer than bulk stopped it does not stop again. */
  private static final int REST = 10;

  private final Lateness taken = new Lateness(null);
  private long testedDelay;
  private long notBefore = Long.MIN_VALUE / 2;

  /** Takes note of one that cannot have waited in a queue. */
  void add(long delay) {
    taken.add(delay, 1);
  }

  /** Returns whether one is usual anyway. */
  boolean isShort(long delay) {
    return delay <= USUAL;
  }

  /** Returns whether bulk stopped in vain, as this one was asked after that and took as long. */
  boolean isInVain(long delay) {
    boolean vain = testedDelay > 0 && delay >= SOONER * testedDelay;
    testedDelay = 0;
    if (vain) {
      taken.add(delay, IN_VAIN);
    }
    return vain;
  }

  /** Returns whether many take so long. */
  boolean isUsual(long delay) {
    boolean usual = isShort(delay) || taken.chance(delay) > RARE;
    if (usual) {
      taken.add(delay, 1);
    }
    return usual;
  }

  /** Returns whether bulk may stop for one. */
  boolean mayTest(long now) {
    return now >= notBefore;
  }

  /** Takes note that bulk stops for one. */
  void test(long delay, long until, long now) {
    testedDelay = delay;
    notBefore = until + REST * (until - now);
  }
}
