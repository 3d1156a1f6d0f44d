// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.PriorityQueue;

/** Virtual time: runs what is planned in its order, and jumps from one to the next. */
final class Clock {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private long now = SECOND;
  private long count;

  private record Planned(long time, long number, Runnable action) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  long now() {
    return now;
  }

  void at(long time, Runnable action) {
    planned.add(new Planned(Math.max(time, now), count++, action));
  }

  void in(long delay, Runnable action) {
    at(now + delay, action);
  }

  void runUntil(long end) {
    while (!planned.isEmpty() && planned.peek().time <= end) {
      Planned next = planned.remove();
      now = next.time;
      next.action.run();
    }
    now = end;
  }
}
