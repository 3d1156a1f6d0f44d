// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What the answers of clocks, and of others, have told lately. */
final class Answers {
  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private long lastAt = LONG_AGO;
  private long interval = 100 * Nanos.MILLI;
  private long promptAt;
  private long promptSent;
  private long arrived;
  private long queue = -1;
  private long base = -1;

  /** Begins with nothing on its way. */
  Answers(long sent, long now) {
    promptAt = now;
    promptSent = sent;
    arrived = sent;
  }

  /** Takes note of an answer. */
  void add(Exchange exchange, long late, boolean clock, long now) {
    queue = late;
    base = exchange.base().value();
    arrived = Math.max(arrived, exchange.askedSent());
    if (clock) {
      interval += (Math.min(Nanos.SECOND, now - lastAt) - interval) / 8;
      lastAt = now;
    }
  }

  /** Takes note that nothing was queued when something was asked. */
  void prompt(Exchange exchange, long now) {
    promptAt = now;
    promptSent = Math.max(promptSent, exchange.askedSent());
  }

  /** Returns everything that had been sent when nothing was queued last. */
  long promptSent() {
    return promptSent;
  }

  long promptAt() {
    return promptAt;
  }

  /** Returns everything that is known to have arrived. */
  long arrived() {
    return arrived;
  }

  long silence(long now) {
    return now - lastAt;
  }

  /** Returns the usual time between two answers of clocks, a second at most. */
  long interval() {
    return interval;
  }

  /** Returns whether the next one is not missing yet. */
  boolean areFresh(long now) {
    return silence(now) <= Math.max(100 * Nanos.MILLI, 2 * interval);
  }

  /** Returns by how much the last one was late, -1 before the first. */
  long queue() {
    return queue;
  }

  /** Returns how long it takes with nothing queued, -1 before the first. */
  long base() {
    return base;
  }
}
