// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The lumps in which a full service takes what is sent, and the pauses between them. What it hides
 * varies by a part of a lump from the end of one to the end of the next, and the more within one.
 */
final class Lumps {
  /** Anything shorter is no pause. */
  private static final long SHORT = 100 * Nanos.MILLI;

  /** With ticks farther apart it was this process that stood still. */
  private static final long MOST_PER_TICK = 20 * Nanos.MILLI;

  /** If there was none like the longest pause for so many times its length, it was a hiccup. */
  private static final int LONG_AGO = 4;

  /** Or for so long. */
  private static final long VERY_LONG_AGO = 5 * Nanos.SECOND;

  /** So many lumps are measured together if they are large. */
  private static final double SEVERAL = 2.5;

  /** But not for longer than is needed for so long. */
  private static final long LONG_ENOUGH = 5 * Nanos.SECOND;

  /** As much as this process sends at once and the kernel keeps unsent, together. */
  private static final long SMALL = 256 << 10;

  /** The part of a large lump that varies. */
  private static final double VARIES = 0.2;

  private long onsets;
  private long ticked;
  private boolean begun;
  private long takenAt;
  private long taken;
  private long waited;
  private long endedAt;
  private long endedBytes;
  private long pause;
  private boolean longer;
  private long longest;
  private long likeLongestOver;
  private long largest;

  /** Forgets all lumps. */
  void restart(Outflow outflow, long now) {
    onsets = outflow.onsets();
    ticked = now;
    begun = false;
    waited = 0;
    longest = 0;
    largest = 0;
  }

  /** Returns whether a pause is over. */
  boolean tick(Outflow outflow, long now) {
    waited += Math.min(now - ticked, MOST_PER_TICK);
    ticked = now;
    if (outflow.onsets() == onsets) {
      return false;
    }
    onsets = outflow.onsets();
    boolean stoodStill = now - takenAt - waited > SHORT;
    endedAt = takenAt;
    endedBytes = taken;
    pause = waited;
    takenAt = now;
    taken = outflow.accepted();
    waited = 0;
    longer = pause > 2 * Math.max(SHORT, longest);
    if (!begun) {
      begun = true;
      return false;
    }
    longest = Math.max(longest, pause);
    if (isLikeLongest()) {
      likeLongestOver = now;
    }
    largest = stoodStill ? largest : Math.max(largest, taken - endedBytes);
    return true;
  }

  /** Forgets all lumps before the last pause. */
  void begin() {
    longest = pause;
    likeLongestOver = takenAt;
    largest = 0;
  }

  /** Returns when the last pause began. */
  long endedAt() {
    return endedAt;
  }

  /** Returns how many bytes the WebSocket had taken by then. */
  long endedBytes() {
    return endedBytes;
  }

  /** Returns whether the last pause is twice as long as any before: those were within a lump. */
  boolean isLonger() {
    return longer;
  }

  /** Returns whether the last pause is one between lumps. */
  boolean isBetween() {
    return longest <= SHORT || isLikeLongest();
  }

  /** Returns whether the longest pause was none between lumps, as none like it has followed. */
  boolean isHiccup() {
    return !isBetween() && endedAt - likeLongestOver >= Math.min(LONG_AGO * longest, VERY_LONG_AGO);
  }

  private boolean isLikeLongest() {
    return 2 * pause >= longest;
  }

  /** Returns whether there are enough lumps in so much time. */
  boolean areEnough(long time) {
    return largest <= SMALL || time >= Math.min(LONG_ENOUGH, SEVERAL * longest);
  }

  /** Returns how many bytes may have been taken by chance. */
  double doubt() {
    return VARIES * Math.max(0, largest - SMALL);
  }
}
