// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** Works when it is told to, in a time of its own. For any threads that give it work. */
final class ManualWorker implements Worker {
  /** A task for later. */
  private static final class Later {
    private final long due;
    private final Runnable task;

    private Later(long due, Runnable task) {
      this.due = due;
      this.task = task;
    }
  }

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<Later> later = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T04:00:00Z");
  private long nanos = -5;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized void run(Runnable task) {
    tasks.add(task);
  }

  @Override
  public synchronized Runnable later(Duration delay, Runnable task) {
    Later planned = new Later(nanos + delay.toNanos(), task);
    later.add(planned);
    return () -> cancel(planned);
  }

  private synchronized void cancel(Later planned) {
    later.remove(planned);
  }

  /** Does all that is to be done now. */
  void work() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized Runnable next() {
    return tasks.poll();
  }

  /** Lets time go by, and does what is to be done meanwhile. */
  void pass(Duration time) {
    work();
    long end = nanos + time.toNanos();
    while (true) {
      Later first = first();
      if (first == null || first.due > end) {
        break;
      }
      later.remove(first);
      go(first.due);
      first.task.run();
      work();
    }
    go(end);
  }

  private Later first() {
    return later.stream().min(Comparator.comparingLong(it -> it.due)).orElse(null);
  }

  private synchronized void go(long to) {
    now = now.plusNanos(to - nanos);
    nanos = to;
  }

  /** Sets the clock on the wall, as one that has found the time. */
  synchronized void set(Instant time) {
    now = time;
  }

  int planned() {
    return later.size();
  }
}
