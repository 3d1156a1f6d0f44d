// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import org.jspecify.annotations.Nullable;

/**
 * Whether the last cut was right: the answers that were asked for after the queue should have been
 * empty must come earlier than the one that led to it.
 */
final class Trial {
  /** What has come out. */
  enum Verdict {
    /** Nothing yet. */
    OPEN,
    /** There was a queue, and it is gone. */
    HELPED,
    /** Some answers are as late as before. */
    UNCLEAR,
    /** All are, and what was sent meanwhile could be why: stop bulk to know. */
    STOP,
    /** All are, and nothing that was sent can be why. */
    IN_VAIN
  }

  /** So little is no queue. */
  private static final long NOTHING = 4096;

  /** If answers are late by more, it is worth a stop to know why. */
  private static final long SERIOUS = 25 * Nanos.MILLI;

  private @Nullable Exchange exchange;
  private long queue;
  private long delay;
  private double rateBefore;
  private double linkBefore;
  private Phase phaseBefore = Phase.RAMP;
  private int answers;
  private int shorter;
  private long smallest;
  private long sum;
  private boolean explained;
  private boolean stopped;
  private long rest;
  private long begunAt;

  /**
   * Begins with what was in force before a cut. One while another is tried goes on from there, so
   * that none of them lasts if there was no queue.
   *
   * @param queue how late the answer was.
   * @param rest how long the queue needs at least to run empty.
   */
  void begin(
      Exchange exchange, long queue, long rest, double rate, double link, Phase phase, long now) {
    if (this.exchange == null) {
      rateBefore = rate;
      linkBefore = link;
      phaseBefore = phase;
    }
    this.exchange = exchange;
    this.queue = queue;
    delay = exchange.lastDelay();
    answers = 0;
    shorter = 0;
    smallest = Long.MAX_VALUE;
    sum = 0;
    explained = false;
    stopped = false;
    this.rest = rest;
    begunAt = now;
  }

  /** Returns whether the cut that is tried was due to a connection. */
  boolean isBy(Exchange other) {
    return exchange == other;
  }

  void end() {
    exchange = null;
  }

  void forget(Exchange gone) {
    if (exchange == gone) {
      exchange = null;
    }
  }

  /** Returns whether a late answer is to be weighed by the trial alone. */
  boolean covers(Exchange other, long late) {
    return exchange == other && late < queue + queue / 2;
  }

  /** Returns for how long a request had to wait for the queue at least, if there was one. */
  long rest(Exchange other, long askedAt) {
    return exchange != other || stopped ? 0 : rest - (askedAt - begunAt);
  }

  /**
   * Takes note of an answer that was asked for after the pause.
   *
   * @param expected how long it had to wait for the rest of the queue.
   * @param late by how much more than usual it took besides.
   * @param ahead what may have been queued before its request.
   */
  Verdict answered(Exchange other, long expected, long late, long ahead) {
    long took = other.lastDelay() - expected;
    if (exchange != other || stopped && ahead > NOTHING) {
      return Verdict.OPEN;
    }
    answers++;
    smallest = Math.min(smallest, took);
    sum += Math.max(0, late);
    shorter += took < delay - queue / 2 ? 1 : 0;
    explained |= ahead > NOTHING;
    if (stopped) {
      exchange = null;
      return shorter > 0 ? Verdict.HELPED : Verdict.IN_VAIN;
    }
    if (answers < (other.noise().isQuiet() ? 2 : 4)) {
      return Verdict.OPEN;
    }
    if (4 * shorter >= 3 * answers) {
      exchange = null;
      return Verdict.HELPED;
    }
    if (explained && (shorter == 0 || average() > SERIOUS)) {
      stopped = true;
      shorter = 0;
      smallest = Long.MAX_VALUE;
      return Verdict.STOP;
    }
    exchange = null;
    return shorter > 0 ? Verdict.UNCLEAR : Verdict.IN_VAIN;
  }

  /** Returns the smallest delay after the pause. */
  long smallest() {
    return smallest;
  }

  /** Returns how late the answers were after the pause, on average. */
  long average() {
    return sum / Math.max(1, answers);
  }

  double rateBefore() {
    return rateBefore;
  }

  double linkBefore() {
    return linkBefore;
  }

  Phase phaseBefore() {
    return phaseBefore;
  }
}
