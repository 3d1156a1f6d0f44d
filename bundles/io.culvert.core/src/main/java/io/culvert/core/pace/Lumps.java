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
  private static final long STOOD_STILL = 20 * Nanos.MILLI;

  /** If there was none like the longest pause for so many times its length, it was a hiccup. */
  private static final int LONG_AGO = 4;

  /** So many lumps are measured together if they are large. */
  private static final double SEVERAL = 2.5;

  /** However long they last. */
  private static final long LONG_ENOUGH = 5 * Nanos.SECOND;

  /** As much as this process itself sends at once. */
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
  private long ended;
  private long pause;
  private boolean longer;
  private long longest;
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
    waited += Math.min(now - ticked, STOOD_STILL);
    ticked = now;
    if (outflow.onsets() == onsets) {
      return false;
    }
    onsets = outflow.onsets();
    boolean stoodStill = now - takenAt - waited > SHORT;
    endedAt = takenAt;
    ended = taken;
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
    largest = stoodStill ? largest : Math.max(largest, taken - ended);
    return true;
  }

  /** Forgets all lumps before the last pause. */
  void begin() {
    longest = pause;
    largest = 0;
  }

  /** Returns when the last pause began. */
  long endedAt() {
    return endedAt;
  }

  /** Returns how many bytes the WebSocket had taken by then. */
  long ended() {
    return ended;
  }

  /** Returns whether the last pause is twice as long as any before: those were within a lump. */
  boolean isLonger() {
    return longer;
  }

  /**
   * Returns whether there are enough lumps since a time, and the last pause is one between them.
   */
  boolean areEnough(long since) {
    long time = endedAt - since;
    boolean between = longest <= SHORT || 2 * pause >= longest || time >= LONG_AGO * longest;
    return between && (largest <= SMALL || time >= Math.min(LONG_ENOUGH, SEVERAL * longest));
  }

  /** Returns how many bytes may have been taken by chance. */
  double doubt() {
    return VARIES * Math.max(0, largest - SMALL);
  }
}
