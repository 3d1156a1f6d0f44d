// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The highest rate that the link surely carried in the last 30 to 60 seconds: what was sent between
 * two requests that were both answered in time has left no queue.
 */
final class Proven {
  private static final long WINDOW = 30 * Nanos.SECOND;
  private static final long SHORTEST = 300 * Nanos.MILLI;

  private double current;
  private double previous;
  private long turned;
  private long sinceAsked;
  private long sinceSent;

  /** Begins with what was sent before, of which nothing is known. */
  Proven(long sent, long now) {
    turned = now;
    sinceAsked = now;
    sinceSent = sent;
  }

  /** Takes note of a request that was answered in time. */
  void add(long asked, long sent, long now) {
    long time = asked - sinceAsked;
    if (time >= SHORTEST) {
      turn(now);
      current = Math.max(current, (sent - sinceSent) / Nanos.toSeconds(time));
      sinceAsked = asked;
      sinceSent = sent;
    }
  }

  /** Returns the rate, 0 if there is none. */
  double rate(long now) {
    turn(now);
    return Math.max(current, previous);
  }

  /** Takes a rate for the highest. */
  void set(double rate, long now) {
    current = rate;
    previous = 0;
    turned = now;
  }

  private void turn(long now) {
    if (now - turned > WINDOW) {
      previous = now - turned > 2 * WINDOW ? 0 : current;
      current = 0;
      turned = now;
    }
  }
}
