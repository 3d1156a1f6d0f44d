// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * The last cut as an experiment: while bulk stops the queue shrinks as time goes by, neither faster
 * nor slower. Who is answered sooner than any link allows disproves the queue.
 */
final class Trial {
  /** What was in force before. */
  record Before(Phase phase, double goal, double link) {}

  /** What a rest of the queue must delay at least for an answer to tell. */
  private static final long TELLING = 12 * Nanos.MILLI;

  /** Two late answers that have their own reasons seldom point to rates as near as that. */
  private static final double AGREE = 0.25;

  /** They do if that is about the rate that was sent. */
  private static final double MUCH = 0.75;

  private static final double AGREE_CLOSELY = 0.05;

  private static final long LATELY = 10 * Nanos.SECOND;

  /** After that it ends undecided. */
  private static final long PATIENCE = Nanos.SECOND;

  private Before before = new Before(Phase.RAMP, 0, 0);
  private boolean open;
  private boolean shrinks;
  private boolean agrees;
  private long begunAt = Long.MIN_VALUE / 2;
  private long notEmptyBefore;
  private long emptyAt;
  private double measured;

  /**
   * Begins when bulk stops; goes on if another cut follows before it is decided.
   *
   * @param rate what the link was seen to take.
   * @param soonest when the queue can be empty if the link is as fast as it was thought to be.
   * @param empty when it should be empty.
   */
  void begin(Before then, double rate, long soonest, long empty, long now) {
    double part = rate < MUCH * then.goal() ? AGREE : AGREE_CLOSELY;
    agrees = now - begunAt < LATELY && Math.abs(rate - measured) < part * measured;
    if (!open) {
      before = then;
      shrinks = false;
    }
    measured = rate;
    open = true;
    begunAt = now;
    notEmptyBefore = soonest;
    emptyAt = empty;
  }

  /** Returns whether something was asked too early to know of the stop. */
  boolean isBefore(long askedAt) {
    return askedAt < begunAt;
  }

  boolean isOpen() {
    return open;
  }

  /**
   * Returns whether an answer came too soon for any queue.
   *
   * @param hidden what of a queue may hide in the usual delay.
   */
  boolean isDisproved(long askedAt, long queue, long hidden) {
    long rest = notEmptyBefore - askedAt - hidden;
    return open && rest >= TELLING && queue < rest / 2;
  }

  /** Returns whether an answer tells how the queue shrinks. */
  boolean isTold(long askedAt, long queue) {
    long rest = emptyAt - askedAt;
    return open && rest >= TELLING && queue >= rest / 2;
  }

  /** Returns whether the queue has gone sooner than at the rate that was measured. */
  boolean isSooner(long askedAt, long hidden) {
    return open && emptyAt - askedAt - hidden >= Math.max(TELLING, (emptyAt - begunAt) / 3);
  }

  /** Takes note that the queue shrinks as it should, and what it shows of the link. */
  void shrinks(double rate, long empty) {
    shrinks = true;
    measured = rate;
    emptyAt = empty;
  }

  /** Returns whether it is time for a verdict if nobody was answered. */
  boolean isOver(long now) {
    return open && now - emptyAt > PATIENCE;
  }

  /** Returns whether an answer that was in time is asked late enough to decide. */
  boolean isDecidedBy(long askedAt) {
    return open && askedAt >= emptyAt;
  }

  /**
   * Ends with an answer in time, and returns whether there surely was a queue.
   *
   * @param punctual whether who answered is hardly ever late.
   */
  boolean isProved(boolean punctual) {
    open = false;
    return agrees || punctual || shrinks && before.phase() != Phase.CLOSED_LOOP;
  }

  /** Ends without. */
  void cancel() {
    open = false;
  }

  Before before() {
    return before;
  }
}
