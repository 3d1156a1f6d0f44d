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

  /** What a link has at least that pushes back for a moment. */
  private static final double HELD = 0.92;

  /** What is used of it when nobody says more. */
  private static final double HOLD = 0.93;

  /** What may be used when nobody says more, of what answers have found to be no queue. */
  private static final double TRUST = 0.97;

  /** What still goes while bulk stops, lest a wrong estimate lasts for ever. */
  private static final double STOPPED = 0.002;

  private static final double LEAST = 1000;

  private static final long PROBE = 60 * Nanos.SECOND;

  private final double hint;
  private final Link link = new Link();
  private final Ramp ramp;
  private final Growth growth = new Growth();
  private final OpenLoop openLoop;
  private final Brake brake;
  private Phase phase = Phase.RAMP;
  private double goal;
  private double lastGoal;

  Course(Outflow outflow, double hint, double proven, long now) {
    this.hint = hint == 0 ? 0 : Math.max(hint, proven);
    ramp = new Ramp(proven, now);
    openLoop = new OpenLoop(outflow);
    brake = new Brake(now);
    goal = ramp.rate();
  }

  /** Returns the rate in force. */
  double rate(boolean waiting, long now) {
    if (waiting || brake.isOn(now)) {
      return Math.max(LEAST, STOPPED * link.rate());
    }
    return switch (phase) {
      case FILL -> UNLIMITED;
      case DRAIN -> Math.max(LEAST, OpenLoop.TRICKLE * link.rate());
      default -> Math.max(LEAST, goal);
    };
  }

  /** Returns the rate to go at when nothing stops bulk. */
  double goal() {
    return goal;
  }

  /** Returns it, or while there is none the one before. */
  double lastGoal() {
    return goal == UNLIMITED ? lastGoal : goal;
  }

  Phase phase() {
    return phase;
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

  Brake brake() {
    return brake;
  }

  /** Goes on with answers to say when it is too much. */
  void close(long now) {
    if (phase == Phase.DRAIN) {
      goal = HOLD * link.rate();
    }
    phase = Phase.CLOSED_LOOP;
    growth.restart(now);
  }

  /** Goes on below what the link was found to take, when the queue is empty. */
  void cut(long now) {
    phase = Phase.CLOSED_LOOP;
    goal = AFTER_CUT * link.rate();
    growth.cut(now, Math.max(now, brake.emptyAt()));
  }

  /** Goes on below what the WebSocket takes, which pushes back. */
  void hold(double taken, long now) {
    link.measured(Math.max(HELD * goal, Math.min(goal, taken)), false);
    cut(now);
  }

  /** Goes back to what was in force before a cut that changed nothing. */
  void undo(Trial trial, long now) {
    link.restore(trial.linkBefore());
    if (trial.rateBefore() == UNLIMITED) {
      fill(now);
    } else {
      phase = trial.phaseBefore();
      goal = Math.max(goal, 0.92 * trial.rateBefore());
    }
  }

  /** Goes on as before a cut for which there was no reason. */
  void restore(Trial trial) {
    link.restore(trial.linkBefore());
    phase = trial.phaseBefore();
    goal = trial.rateBefore();
    growth.undo();
  }

  /** Goes up one step of the ramp if it is time. */
  void ramp(boolean watched, long base, long now) {
    if (ramp.isFirst()) {
      openLoop.empty(now);
    }
    ramp.tick(watched, base, now);
    goal = ramp.rate();
    if (goal > FAST) {
      fill(now);
    } else if (hint > 0 && goal > hint / 2) {
      link.measured(hint, true);
      goal = HOLD * hint;
      close(now);
    }
  }

  /** Creeps up. */
  void grow(Answers answers, double seconds, long now) {
    goal *= growth.factor(goal, link, answers, seconds, now);
    if (goal > FAST) {
      fill(now);
    }
  }

  /** Has waited in vain. */
  void giveUp() {
    if (phase == Phase.FILL) {
      openLoop.resumed();
    }
  }

  void fill(long now) {
    openLoop.fill(phase == Phase.RAMP, now);
    phase = Phase.FILL;
    lastGoal = lastGoal();
    goal = UNLIMITED;
  }

  void drain() {
    phase = Phase.DRAIN;
    goal = HOLD * link.rate();
    brake.forget(null);
  }

  /** Holds a rate as nobody says more. */
  void cruise(long now) {
    if (phase == Phase.DRAIN) {
      openLoop.empty(now);
    } else {
      goal = Math.max(HOLD * link.rate(), Math.min(goal, TRUST * link.sure()));
      openLoop.probeNotBefore(now + PROBE);
    }
    phase = Phase.CRUISE;
  }

  /** Holds less, as nobody has said anything for long. */
  void cruiseCarefully() {
    goal = Math.min(goal, HOLD * link.rate());
  }
}
