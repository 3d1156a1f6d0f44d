// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import io.culvert.emulator.time.ServiceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to happen to tunnels, and when: one task each. The clock's timer runs it; and so does
 * {@link #catchUp()}, as the time that a clock shows goes on while a machine sleeps, but its timers
 * may not. Safe for several threads; tasks are called outside the lock, and may come twice.
 */
final class DueTasks {
  private final ServiceClock clock;
  private final Map<String, Task> tasks = new HashMap<>();
  private boolean ended;

  DueTasks(ServiceClock clock) {
    this.clock = clock;
  }

  /**
   * Sets the task of a tunnel, in place of the one that it had.
   *
   * @param delay how much later it is due.
   * @param action what is to be done then.
   */
  synchronized void set(String tunnelId, Duration delay, Runnable action) {
    remove(tunnelId);
    if (!ended) {
      Instant due = clock.instant().plus(delay);
      tasks.put(tunnelId, new Task(due, action, clock.schedule(delay, action)));
    }
  }

  /** Drops the task of a tunnel, if it has one. */
  synchronized void remove(String tunnelId) {
    Task task = tasks.remove(tunnelId);
    if (task != null) {
      task.timer().cancel();
    }
  }

  /** Does what is due by the time that the clock shows. */
  void catchUp() {
    due().forEach(Runnable::run);
  }

  private synchronized List<Runnable> due() {
    Instant now = clock.instant();
    List<Runnable> due = new ArrayList<>();
    for (Task task : tasks.values()) {
      if (!task.due().isAfter(now)) {
        due.add(task.action());
      }
    }
    return due;
  }

  /** Drops all tasks, and takes no more. */
  synchronized void end() {
    ended = true;
    tasks.values().forEach(task -> task.timer().cancel());
    tasks.clear();
  }

  private record Task(Instant due, Runnable action, ServiceClock.Timer timer) {}
}
