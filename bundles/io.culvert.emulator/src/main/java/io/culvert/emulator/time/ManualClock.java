// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still unless a test moves it. Callable from any thread; tasks run on the thread
 * that moves it.
 */
public final class ManualClock implements ServiceClock {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Queue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
  private Instant now;
  private long scheduled;

  /** Makes a clock that shows the first moment of 2026, UTC. */
  public ManualClock() {
    this(START);
  }

  /**
   * Makes a clock.
   *
   * @param start what it shows at first.
   */
  public ManualClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Task later = new Task(now.plus(delay), scheduled++, task);
    tasks.add(later);
    return () -> cancel(later);
  }

  /**
   * Lets time pass, and runs what becomes due, each task at its own moment and in their order,
   * before it returns. What a task throws is thrown here, with the clock at that task's moment.
   *
   * @param duration how much, not negative.
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration: " + duration + " is negative");
    }
    Instant target = instant().plus(duration);
    for (Task task = next(target); task != null; task = next(target)) {
      task.action().run();
    }
  }

  /** Returns how many tasks are still to come. */
  public synchronized int pending() {
    return tasks.size();
  }

  private synchronized @Nullable Task next(Instant target) {
    Task task = tasks.peek();
    boolean due = task != null && !task.due().isAfter(target);
    Instant then = due ? task.due() : target;
    if (then.isAfter(now)) {
      now = then;
    }
    return due ? tasks.poll() : null;
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  private record Task(Instant due, long number, Runnable action) {}
}
