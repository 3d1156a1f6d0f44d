// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that wait for local sockets in all tunnels together. Safe for all threads. */
public final class SharedBudget {
  private final long limit;
  private final AtomicLong held = new AtomicLong();
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Makes a budget.
   *
   * @param limit bytes from which on it is full.
   */
  public SharedBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Returns what waits now.
   *
   * @return bytes.
   */
  public long held() {
    return held.get();
  }

  boolean isFull() {
    return held.get() >= limit;
  }

  void take(int bytes) {
    held.addAndGet(bytes);
  }

  void give(int bytes) {
    long now = held.addAndGet(-bytes);
    if (now < limit && now + bytes >= limit) {
      for (Runnable waiter : waiting) {
        if (waiting.remove(waiter)) {
          waiter.run();
        }
      }
    }
  }

  /** Runs the waiter once, on any thread, when the budget is no longer full. */
  void whenFree(Runnable waiter) {
    waiting.add(waiter);
    if (!isFull() && waiting.remove(waiter)) {
      waiter.run();
    }
  }

  void forget(Runnable waiter) {
    waiting.remove(waiter);
  }
}
