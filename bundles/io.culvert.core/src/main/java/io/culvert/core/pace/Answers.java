// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What the answers of all connections have told lately. */
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

  /** Takes note of an answer, and whether it is one that tells of queues. */
  void add(Exchange exchange, long queue, long base, boolean trusted, long now) {
    this.queue = queue;
    this.base = base;
    arrived(exchange);
    if (trusted) {
      interval += (Math.min(Nanos.SECOND, now - lastAt) - interval) / 8;
      lastAt = now;
    }
  }

  /** Takes note that everything up to a request has arrived. */
  void arrived(Exchange exchange) {
    arrived = Math.max(arrived, exchange.askedSent());
  }

  /** Takes note that nothing was queued when something was asked. */
  void prompt(Exchange exchange, long now) {
    promptAt = now;
    promptSent = exchange.askedSent();
  }

  /** Returns whether nothing can be queued that answers have not told of. */
  boolean isClear(long sent, long now) {
    return now - promptAt < Nanos.SECOND || sent - promptSent < 16384;
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

  /** Returns the usual time between two answers that tell of queues, a second at most. */
  long interval() {
    return interval;
  }

  /** Returns whether the next one is not missing yet. */
  boolean areFresh(long now) {
    return silence(now) <= Math.max(100 * Nanos.MILLI, 2 * interval);
  }

  /** Returns whether the last one told of no queue. */
  boolean isInTime() {
    return queue <= 10 * Nanos.MILLI;
  }

  /** Returns how long the last one took because of a queue, -1 before the first. */
  long queue() {
    return queue;
  }

  /** Returns how long it would have taken without, -1 before the first. */
  long base() {
    return base;
  }
}
