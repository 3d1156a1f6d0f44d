// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The last late answer of a connection, taken for a queue. A queue cannot vanish: it grows by what
 * is sent, and shrinks by what the link takes, so it says how late the next answer must be at
 * least. Is that one earlier, the peer was slow.
 */
final class Suspicion {
  /** What lumps, others on the link or a busy machine may add to a delay. */
  private static final long ODD = 160 * Nanos.MILLI;

  private static final long TELLING = 10 * Nanos.MILLI;

  private long queue;
  private long askedAt;
  private long askedSent;
  private double ahead;

  /**
   * Takes note of an answer.
   *
   * @param bytes what may have been queued before its request.
   */
  void add(Exchange exchange, long late, long bytes) {
    queue = late - ODD;
    askedAt = exchange.askedAt();
    askedSent = exchange.askedSent();
    ahead = bytes;
  }

  /** Returns how late the last one was. */
  long queue() {
    return queue + ODD;
  }

  /** Returns whether there was no queue then, as this answer is less late than one would leave. */
  boolean isBelied(Exchange exchange, long late) {
    if (queue <= 0) {
      return false;
    }
    // So much it takes at most, if so many bytes made it so late.
    double perNano = ahead / queue;
    double left = queue + (exchange.askedSent() - askedSent) / perNano;
    return left - (exchange.askedAt() - askedAt) > Math.max(0, late) + TELLING;
  }
}
