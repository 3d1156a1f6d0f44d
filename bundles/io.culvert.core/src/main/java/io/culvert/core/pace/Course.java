// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * Where the search for the rate stands: the phase, the rate to go at, and what is known of the
 * link. Answers and time lead from one phase to another.
 */
final class Course {
  static final double UNLIMITED = Double.POSITIVE_INFINITY;

  /** From here on nothing is paced: what a service hides at such a rate is soon gone. */
  private static final double FAST = 100e6;

  /** What is used of the link after a cut. */
  private static final double AFTER_CUT = 0.94;

  /** What a link has at least of what it surely carried, unless a queue was proved. */
  private static final double FLOOR = 0.9;

  /** What a link has at least that pushes back for a moment. */
  private static final double HELD = 0.92;

  private static final double HESITATES = 0.95;

  /** What is used of it when nobody says more. */
  private static final double HOLD = 0.93;

  /** The share of the link that goes on while a queue runs empty, so that it is never idle. */
  private static final double TRICKLE = 0.1;

  private static final double LEAST = 1000;

  private static final long LONGEST = 30 * Nanos.SECOND;
  private static final long PROBE = 60 * Nanos.SECOND;

  private final Link link;
  private final Ramp ramp;
  private final Growth growth = new Growth();
  private final OpenLoop openLoop;
  private final Trial trial = new Trial();
  private Phase phase = Phase.RAMP;
  private double goal;
  private long emptyAt;
  private boolean waiting;
  private boolean late;

  Course(Outflow outflow, double proven, long now) {
    link = new Link(outflow.sent(), now);
    ramp = new Ramp(proven, now);
    openLoop = new OpenLoop(outflow, now);
    goal = ramp.rate(false);
    emptyAt = now;
  }

  /** Returns the rate in force. */
  double rate() {
    return switch (phase) {
      case FILL -> waiting ? LEAST : UNLIMITED;
      case DRAIN -> Math.max(LEAST, waiting ? 0 : TRICKLE * link.rate());
      case CLOSED_LOOP -> Math.max(LEAST, waiting ? 0 : late ? HESITATES * goal : goal);
      default -> Math.max(LEAST, waiting ? 0 : goal);
    };
  }

  /** Stops bulk for an answer that is missing, or goes on. */
  void waits(boolean wait) {
    waiting = wait;
  }

  /** Goes a little slower while answers are late, until it is known why. */
  void hesitates(boolean isLate) {
    late = isLate;
  }

  boolean isWaiting() {
    return waiting;
  }

  /** Returns the rate to go at when nothing stops bulk. */
  double goal() {
    return goal;
  }

  Phase phase() {
    return phase;
  }

  /** Returns whether nobody's answers have said lately how much is queued. */
  boolean isOpen(long now) {
    return phase == Phase.CRUISE || phase == Phase.FILL && openLoop.isFull(now);
  }

  boolean isAt(Phase other) {
    return phase == other;
  }

  Link link() {
    return link;
  }

  Ramp ramp() {
    return ramp;
  }

  OpenLoop openLoop() {
    return openLoop;
  }

  Trial trial() {
    return trial;
  }

  /** Returns when the queue should be empty that is known. */
  long emptyAt() {
    return emptyAt;
  }

  /** Takes note that nothing is queued at the rate in force. */
  void carries(long now) {
    if (phase == Phase.CLOSED_LOOP || phase == Phase.CRUISE) {
      link.carries(goal, now);
    }
  }

  /** Goes on with answers to say when it is too much. */
  void close(long now) {
    if (phase == Phase.DRAIN) {
      goal = HOLD * link.rate();
    }
    phase = Phase.CLOSED_LOOP;
    growth.restart(now);
  }

  /**
   * Lets a queue run empty and goes on below a rate.
   *
   * @param unanswered what was sent after what has arrived.
   * @param base how long that was ago.
   */
  void cut(double rate, boolean guess, double unanswered, long base, long now) {
    link.measured(rate, guess, now);
    goal = AFTER_CUT * rate;
    phase = Phase.DRAIN;
    growth.cut(now);
    drain(unanswered, base, now);
  }

  /** Goes on lower still than it was planned. */
  void cutAgain(double rate, long now) {
    link.measured(rate, link.isGuessed(), now);
    goal = AFTER_CUT * rate;
    phase = Phase.DRAIN;
  }

  /** Goes on below what the WebSocket takes, which pushes back. */
  void hold(double taken, long now) {
    double rate = Math.max(HELD * goal, Math.min(goal, taken));
    link.measured(rate, false, now);
    goal = AFTER_CUT * rate;
    growth.cut(now);
  }

  /** Lets a queue run empty that may be there. */
  void test(double unanswered, long now) {
    phase = Phase.DRAIN;
    drain(unanswered, 0, now);
  }

  /** Plans when the queue is empty. */
  void drain(double unanswered, long base, long now) {
    long rest = (long) (link.nanosFor(unanswered) / (1 - TRICKLE)) - base;
    emptyAt = now + Math.min(LONGEST, Math.max(0, rest));
  }

  /** Takes note that nothing is queued of what was sent until some time ago. */
  void emptied(double unanswered, long base, long now) {
    long before = emptyAt;
    if (before > now) {
      drain(unanswered, base, now);
      emptyAt = Math.min(emptyAt, before);
    }
  }

  /** Goes on as before a cut for which there was no reason. */
  void undo(long now) {
    Trial.Before before = trial.before();
    trial.cancel();
    emptyAt = now;
    link.restore(before.link());
    growth.undo();
    goal = before.goal();
    phase = before.phase();
    if (phase == Phase.FILL) {
      openLoop.resumed(now);
    }
  }

  /** Takes note that the link surely has what was measured. */
  void prove(long now) {
    link.prove(now);
    openLoop.empty(now);
  }

  /** Goes on with most of what was surely carried after a cut that may have had no reason. */
  void doubt(long now) {
    Trial.Before before = trial.before();
    double least = FLOOR * Math.min(before.goal(), link.proven().rate(now));
    if (link.rate() >= least && before.phase() == Phase.CLOSED_LOOP) {
      return;
    }
    link.guess(least);
    goal = Math.max(goal, AFTER_CUT * link.rate());
    if (before.phase() == Phase.RAMP && !ramp.isCareful()) {
      phase = Phase.RAMP;
      ramp.goOn(goal, now);
    }
  }

  /** Takes note that bulk is about to begin: what went before was so little that nothing waits. */
  void begins(long now) {
    link.begins(now);
    if (ramp.isFirst()) {
      openLoop.empty(now);
    }
  }

  /** Goes up one step of the ramp if it is time. */
  void ramp(boolean limited, boolean late, long patience, long now) {
    if (limited && !late) {
      ramp.tick(patience, now);
    }
    goal = ramp.rate(late);
    if (goal > FAST) {
      fill(now);
    }
  }

  /** Creeps up. */
  void grow(Answers answers, double seconds, long now) {
    goal *= growth.factor(goal, link, answers, seconds, now);
    if (goal > FAST) {
      fill(now);
    }
  }

  void fill(long now) {
    openLoop.fill(phase == Phase.RAMP, now);
    phase = Phase.FILL;
    goal = UNLIMITED;
  }

  /** Lets what was filled run empty. */
  void drain(long now) {
    phase = Phase.DRAIN;
    goal = HOLD * link.rate();
    emptyAt = openLoop.drainedAt();
  }

  /** Goes on after a queue has run empty. */
  void drained(boolean answered, long now) {
    if (!answered) {
      openLoop.drained(now);
    }
    phase = answered ? Phase.CLOSED_LOOP : Phase.CRUISE;
    growth.restart(now);
  }

  /** Holds a rate as nobody says more. */
  void cruise(long now) {
    goal = HOLD * link.rate();
    long soon = Math.min(PROBE, openLoop.soon());
    openLoop.probeNotBefore(now + (link.isDoubtful() ? soon : PROBE));
    phase = Phase.CRUISE;
  }
}
