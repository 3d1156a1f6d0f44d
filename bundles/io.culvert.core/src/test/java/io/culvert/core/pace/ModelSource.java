// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.List;

/**
 * The application behind one bulk stream: it writes to its socket every 10 ms what its own rate
 * allows, until the socket is full.
 */
final class ModelSource {
  private static final int SOCKET = 256 << 10;
  private static final int MOST = 64_512;
  private static final long EVERY = 10 * Clock.MILLI;

  private final Clock clock;
  private final long start;
  private final List<Scenario.Step> steps;
  private final int streams;
  private double written;
  private long wroteAt;

  ModelSource(Clock clock, Scenario scenario, long start) {
    this.clock = clock;
    this.start = start;
    steps = scenario.gives;
    streams = scenario.streams;
    wroteAt = clock.now();
  }

  /** Returns how fast it can be now, in bytes per second. */
  double rate() {
    double rate = Double.POSITIVE_INFINITY;
    for (Scenario.Step step : steps) {
      if (clock.now() - start >= step.atMillis() * Clock.MILLI) {
        rate = step.rate() / streams;
      }
    }
    return rate;
  }

  /** Returns how much can be read now. */
  int read() {
    double rate = rate();
    if (rate == Double.POSITIVE_INFINITY) {
      return MOST;
    }
    long times = (clock.now() - wroteAt) / EVERY;
    wroteAt += times * EVERY;
    written = Math.min(SOCKET, written + times * rate * EVERY / Clock.SECOND);
    int read = (int) Math.min(MOST, written);
    written -= read;
    return read;
  }

  /** Returns when there is something to read again if there is nothing now. */
  long nextAt() {
    return wroteAt + EVERY;
  }
}
