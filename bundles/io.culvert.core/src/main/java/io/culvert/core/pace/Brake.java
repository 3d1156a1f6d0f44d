// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import org.jspecify.annotations.Nullable;

/**
 * For how long bulk stops: until a queue that is known should be empty, or somebody is answered.
 */
final class Brake {
  private static final long LONGEST = 30 * Nanos.SECOND;

  /** What is not on its way with an empty queue, but still in the machines. */
  private static final long SLACK = 3 * Nanos.MILLI;

  /** Stops with less between them count as one. */
  private static final long TOGETHER = Nanos.SECOND;

  private long emptyAt;
  private long drainsSince;
  private long stoppedUntil;
  private long cutAt;
  private @Nullable Exchange cutter;

  Brake(long now) {
    emptyAt = now;
    drainsSince = now;
    stoppedUntil = now;
    cutAt = now;
  }

  /** An answer has led to a cut. */
  void cut(Exchange exchange, long now) {
    cutter = exchange;
    cutAt = now;
  }

  /**
   * Stops until the queue is empty.
   *
   * @param unanswered what was sent after the last request that was answered.
   * @param base how long an answer takes with nothing queued: so much of it has gone meanwhile.
   */
  void drain(double unanswered, long base, Link link, long now) {
    if (now - emptyAt > TOGETHER) {
      drainsSince = now;
    }
    long rest = link.nanosFor(unanswered) - base - SLACK;
    emptyAt = now + Math.min(LONGEST, Math.max(0, rest));
  }

  /** Stops for an answer that must be seen with nothing queued. */
  void stop(long until) {
    stoppedUntil = until;
  }

  boolean isOn(long now) {
    return now < emptyAt || now < stoppedUntil;
  }

  /** Returns when the queue is empty that is known, which may be over. */
  long emptyAt() {
    return emptyAt;
  }

  /** Returns when the last cut was. */
  long cutAt() {
    return cutAt;
  }

  /** Returns whether so little was sent lately that it shows nothing of the link. */
  boolean hasStoppedFor(long least, long now) {
    long stopped = emptyAt - drainsSince;
    return stopped > least && now - emptyAt < stopped;
  }

  /** Returns whether the last cut was by a connection that is not believed any more. */
  boolean isDoubtful() {
    return cutter != null && !cutter.isTrusted();
  }

  /** Forgets who led to the last cut: more is known now, or the connection has gone. */
  void forget(@Nullable Exchange exchange) {
    if (exchange == null || exchange == cutter) {
      cutter = null;
    }
  }
}
