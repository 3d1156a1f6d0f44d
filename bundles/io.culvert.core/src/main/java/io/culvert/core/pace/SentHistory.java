// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How much had been sent when, in the last seconds. When a byte has arrived, it tells how fast the
 * link was at least: what was sent after some moment and has arrived needed no longer than from
 * then on, and the best such moment is the one at which the link began to be busy.
 */
final class SentHistory {
  private static final int KEPT = 256;
  private static final long STEP = 50 * Nanos.MILLI;

  /** A service that writes lumps of 50 ms makes shorter spans useless. */
  private static final long SHORTEST = 150 * Nanos.MILLI;

  private final long[] times = new long[KEPT];
  private final long[] bytes = new long[KEPT];
  private int next;
  private int count;

  void add(long sent, long now) {
    int last = (next + KEPT - 1) % KEPT;
    if (count == 0 || now - times[last] >= STEP) {
      times[next] = now;
      bytes[next] = sent;
      next = (next + 1) % KEPT;
      count = Math.min(KEPT, count + 1);
    }
  }

  /** Returns the longest queue that can be there if so many bytes a second leave it. */
  double queued(long sent, double bytesPerSecond, long since, long now) {
    double most = 0;
    for (int i = 1; i <= count; i++) {
      int at = (next + KEPT - i) % KEPT;
      if (times[at] < since) {
        break;
      }
      double left = bytesPerSecond * Nanos.toSeconds(now - times[at]);
      most = Math.max(most, sent - bytes[at] - left);
    }
    return most;
  }

  /** Returns bytes per second if all up to a byte have arrived by now, 0 if that is not known. */
  double rate(long arrived, long since, long now) {
    double most = 0;
    for (int i = 1; i <= count; i++) {
      int at = (next + KEPT - i) % KEPT;
      long time = now - times[at];
      if (times[at] < since) {
        break;
      }
      if (time >= SHORTEST) {
        most = Math.max(most, (arrived - bytes[at]) / Nanos.toSeconds(time));
      }
    }
    return most;
  }
}
