// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What has gone so far, and what holds up bulk: nothing, the pacer, or the WebSocket. */
final class Outflow {
  /** A shorter gap is no end of bulk: the next chunk is being read. */
  private static final long GAP = 20 * Nanos.MILLI;

  /** Five seconds of ticks: one short stand-still of the other end is hardly anything of it. */
  private static final double SOME_TICKS = 1000;

  /** With ticks so far apart it was this process that stood still. */
  private static final long STOOD_STILL = 100 * Nanos.MILLI;

  private long sent;
  private long unsent;
  private boolean limited;
  private boolean stalled;
  private long waitedFull = Long.MIN_VALUE / 2;
  private long stalledSince;
  private long stalledFrom;
  private long stalledSent;
  private long onsets;
  private boolean waitedLately;
  private double stalledShare;
  private long ticked = Long.MIN_VALUE / 2;

  void sent(int framed) {
    sent += framed;
  }

  /** Takes note of how a run of sending ended. */
  void pumped(boolean bulkWaits, boolean full, long unsent, long now) {
    this.unsent = unsent;
    stalled = bulkWaits && full;
    limited = bulkWaits && !stalled;
    if (!bulkWaits) {
      return;
    }
    waitedLately = true;
    if (stalled) {
      if (now - waitedFull > GAP) {
        stalledSince = now;
        stalledFrom = accepted();
      }
      waitedFull = now;
      if (stalledSent != sent) {
        stalledSent = sent;
        onsets++;
      }
    }
  }

  /** Takes note that time has passed. */
  void tick(long now) {
    if (now - ticked > STOOD_STILL) {
      stalledSince = now;
      stalledFrom = accepted();
    }
    ticked = now;
    stalledShare += ((stalled ? 1 : 0) - stalledShare) / SOME_TICKS;
    waitedLately = false;
  }

  void restart() {
    unsent = 0;
    limited = false;
    stalled = false;
    waitedLately = false;
  }

  /** Returns all framed bytes that were ever sent. */
  long sent() {
    return sent;
  }

  /** Returns how many of them the kernel has taken. */
  long accepted() {
    return sent - unsent;
  }

  /** Returns whether bulk waits for the pacer. */
  boolean isLimited() {
    return limited;
  }

  /** Returns for how long bulk has waited for the WebSocket after each run of sending. */
  long stalledFor(long now) {
    return stalled ? now - stalledSince : 0;
  }

  /** Returns how many bytes per second it has taken since then. */
  double stalledRate(long now) {
    return (accepted() - stalledFrom) / Nanos.toSeconds(Math.max(1, now - stalledSince));
  }

  /** Returns how much of the last seconds bulk has waited for the WebSocket. */
  double stalledShare() {
    return stalledShare;
  }

  /** Counts a stall anew from now on. */
  void stallSeen(long now) {
    stalledShare = 0;
    stalledSince = now;
    stalledFrom = accepted();
  }

  /** Returns how often the WebSocket has taken something and then no more. */
  long onsets() {
    return onsets;
  }

  /** Returns whether bulk waits for the WebSocket. */
  boolean isStalled() {
    return stalled;
  }

  /** Returns whether bulk waits, or did since the last tick. */
  boolean bulkWaits() {
    return limited || stalled || waitedLately;
  }
}
