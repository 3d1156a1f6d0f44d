// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.time.Duration;
import java.util.Arrays;

/**
 * Round trips in their order, each with the time at which it began, by {@link System#nanoTime()}.
 * None ended before those that began earlier. Written by one thread, read by another after that has
 * ended.
 */
public final class Samples {
  private static final int FIRST_SIZE = 1 << 12;
  private static final double NANOS_PER_MILLI = 1e6;

  private long[] starts = new long[FIRST_SIZE];
  private long[] durations = new long[FIRST_SIZE];
  private int count;

  /**
   * One round trip.
   *
   * @param start when it began, by {@link System#nanoTime()}.
   * @param nanos how long it took.
   */
  public record RoundTrip(long start, long nanos) {
    /** Returns when it ended. */
    public long end() {
      return start + nanos;
    }

    /** Returns how long it took in milliseconds. */
    public double millis() {
      return nanos / NANOS_PER_MILLI;
    }
  }

  /** Adds a round trip that began later than all others. */
  public void add(long startNanos, long nanos) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      durations = Arrays.copyOf(durations, 2 * count);
    }
    starts[count] = startNanos;
    durations[count] = nanos;
    count++;
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /** Returns the first in milliseconds. */
  public double first() {
    return count == 0 ? Double.NaN : durations[0] / NANOS_PER_MILLI;
  }

  /** Returns the slowest that ended after a time; one of no length if there is none. */
  public RoundTrip slowestSince(long fromNanos) {
    RoundTrip slowest = new RoundTrip(fromNanos, 0);
    for (int i = 0; i < count; i++) {
      if (durations[i] > slowest.nanos() && starts[i] + durations[i] - fromNanos > 0) {
        slowest = new RoundTrip(starts[i], durations[i]);
      }
    }
    return slowest;
  }

  /** Returns the latency of those that began from a time on. */
  public Latency since(long fromNanos) {
    return since(fromNanos, 0);
  }

  /** Returns the latency from a time on, of those that were held up as in {@link #between}, too. */
  public Latency since(long fromNanos, long usualNanos) {
    return between(fromNanos, fromNanos + Long.MAX_VALUE, usualNanos);
  }

  /** Returns the latency of those that began in a stretch of time. */
  public Latency between(long fromNanos, long toNanos) {
    return between(fromNanos, toNanos, 0);
  }

  /**
   * Returns the latency in a stretch of time. A round trip that held up others counts for these,
   * too, as if each had begun when it would have otherwise; or one of 20 s would be one of many.
   *
   * @param usualNanos how long after one the next one begins if nothing holds it up; 0 if none
   *     waits for another.
   */
  public Latency between(long fromNanos, long toNanos, long usualNanos) {
    Latency latency = new Latency();
    for (int i = 0; i < count; i++) {
      long due = starts[i];
      long waited = durations[i];
      do {
        if (due - fromNanos >= 0 && due - toNanos < 0) {
          latency.add(waited);
        }
        due += usualNanos;
        waited -= usualNanos;
      } while (usualNanos > 0 && waited >= usualNanos);
    }
    return latency;
  }

  /**
   * Returns the seconds from a time on in which somebody waited for an answer that was late, for
   * however many at once.
   */
  public double secondsLate(Duration limit, long fromNanos) {
    long late = 0;
    long counted = fromNanos;
    for (int i = 0; i < count; i++) {
      long end = starts[i] + durations[i];
      if (durations[i] > limit.toNanos() && end - counted > 0) {
        late += Math.min(end - counted, durations[i]);
        counted = end;
      }
    }
    return late / 1e9;
  }
}
