// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * What the link takes while the queue behind it is full: the WebSocket then takes as much as
 * drains. The service may take it in {@link Lumps}, so a window goes from the end of one to the end
 * of another, and two in a row must agree, or three roughly: while what the service hides grows, it
 * takes more. After many it does not matter.
 */
final class FillWindow {
  private static final long SHORTEST = 1500 * Nanos.MILLI;

  /** A longer pause of bulk spoils a window. */
  private static final long PAUSE = 300 * Nanos.MILLI;

  /** Time without a tick does not if the WebSocket was full: this process may stand still. */
  private static final long STANDSTILL = 3 * Nanos.SECOND;

  private static final double AGREE = 0.06;

  /** Of three windows the average counts if the most is not more than that of the least. */
  private static final double ROUGHLY = 1.5;

  /** If so many do not agree, all but the first ones are taken together. */
  private static final int MANY = 6;

  private static final int FIRST = 2;

  private final Lumps lumps = new Lumps();
  private long ticked;
  private int ticks;
  private int full;
  private boolean stalled;
  private boolean open;
  private long openedAt;
  private long lastOpenedAt;
  private long previousOpenedAt;
  private long openedBytes;
  private int count;
  private long settlingSince;
  private long settlingBytes;
  private double beforePrevious;
  private double previous;
  private double last;
  private double rate;

  void restart(Outflow outflow, long now) {
    open = false;
    count = 0;
    beforePrevious = 0;
    previous = 0;
    last = 0;
    rate = 0;
    lumps.restart(outflow, now);
  }

  /** Returns whether it is known now that a window has ended. */
  boolean tick(Outflow outflow, long now) {
    if (now - ticked > (stalled ? STANDSTILL : PAUSE)) {
      restart(outflow, now);
    }
    ticked = now;
    stalled = outflow.isStalled();
    ticks++;
    full += stalled ? 1 : 0;
    if (!lumps.tick(outflow, now)) {
      return false;
    }
    if (!open || lumps.isLonger()) {
      open = true;
      open();
      return false;
    }
    if (lumps.isHiccup()) {
      // What the link takes when it does not stand still is to be known.
      open();
      return false;
    }
    long time = lumps.endedAt() - openedAt;
    long bytes = lumps.endedBytes() - openedBytes;
    if (time < SHORTEST || !lumps.isBetween() || !lumps.areEnough(time)) {
      return false;
    }
    if (2 * full < ticks) {
      // There was not always something to send.
      restart(outflow, now);
      return false;
    }
    close(bytes, time);
    open();
    return true;
  }

  private void open() {
    openedAt = lumps.endedAt();
    openedBytes = lumps.endedBytes();
    lumps.begin();
    ticks = 0;
    full = 0;
  }

  private void close(long bytes, long time) {
    beforePrevious = previous;
    previous = last;
    last = (bytes - lumps.doubt()) / Nanos.toSeconds(time);
    previousOpenedAt = lastOpenedAt;
    lastOpenedAt = openedAt;
    count++;
    if (count == FIRST) {
      settlingSince = lumps.endedAt();
      settlingBytes = lumps.endedBytes();
    }
    if (agree()) {
      rate = (previous + last) / 2;
    } else if (agreeRoughly()) {
      // While what the service hides grows, the first is too much.
      rate = Math.min((previous + last) / 2, (beforePrevious + previous + last) / 3);
    } else if (count >= MANY) {
      rate =
          (lumps.endedBytes() - settlingBytes) / Nanos.toSeconds(lumps.endedAt() - settlingSince);
    } else {
      rate = last;
    }
  }

  /** Returns whether the WebSocket takes so little that a queue matters. */
  boolean isSlow(Outflow outflow, double bytesPerSecond, long now) {
    return open
        && now - openedAt > 200 * Nanos.MILLI
        && outflow.accepted() - openedBytes < bytesPerSecond * Nanos.toSeconds(now - openedAt);
  }

  /** Returns bytes per second as far as is known by now, 0 if that is too little. */
  double estimate(Outflow outflow, long now) {
    if (rate > 0) {
      return rate;
    }
    return open && now - ticked <= PAUSE && now - openedAt >= Nanos.SECOND
        ? (outflow.accepted() - openedBytes) / Nanos.toSeconds(now - openedAt)
        : 0;
  }

  /** Returns since when the queue was full, as far as the last two windows tell. */
  long fullSince() {
    return count == 0 ? openedAt : count == 1 ? lastOpenedAt : previousOpenedAt;
  }

  /** Returns bytes per second in the last window. */
  double rate() {
    return rate;
  }

  /** Returns whether the last windows agree, or there were many. */
  boolean isSettled() {
    return agree() || agreeRoughly() || count >= MANY;
  }

  private boolean agree() {
    return previous > 0 && Math.abs(last - previous) <= AGREE * Math.max(last, previous);
  }

  private boolean agreeRoughly() {
    double least = Math.min(beforePrevious, Math.min(previous, last));
    double most = Math.max(beforePrevious, Math.max(previous, last));
    return least > 0 && most <= ROUGHLY * least;
  }
}
