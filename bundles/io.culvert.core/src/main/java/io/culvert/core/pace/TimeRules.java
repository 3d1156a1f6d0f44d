// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.List;

/** What time leads to. */
final class TimeRules {
  private static final long WATCHED = 10 * Nanos.SECOND;
  private static final long SILENT = 3 * Nanos.SECOND;
  private static final long STALLED = 100 * Nanos.MILLI;

  /** A stall so soon after the rate was lowered is no matter of the rate. */
  private static final long AGAIN = 1500 * Nanos.MILLI;

  /** After such a stall it is no matter what answers say. */
  private static final long STALLED_LONG = Nanos.SECOND;

  /** With answers in time a stall is strange, but a short one may be nothing. */
  private static final long STALLED_STRANGELY = 500 * Nanos.MILLI;

  /** A late tick must not count for all the time since the last one. */
  private static final long TICK = 20 * Nanos.MILLI;

  private final Outflow outflow;
  private final List<Exchange> exchanges;
  private final Course course;
  private final Answers answers;
  private final Overdue overdue;
  private long lastTick;
  private long heldAt = Long.MIN_VALUE / 2;

  TimeRules(
      Outflow outflow,
      List<Exchange> exchanges,
      Course course,
      Answers answers,
      Overdue overdue,
      long now) {
    this.outflow = outflow;
    this.exchanges = exchanges;
    this.course = course;
    this.answers = answers;
    this.overdue = overdue;
    lastTick = now;
  }

  /**
   * Lets time have its effect.
   *
   * @param newcomer how long a first answer may take.
   */
  void tick(long newcomer, long now) {
    double seconds = Nanos.toSeconds(Math.min(now - lastTick, TICK));
    lastTick = now;
    boolean late = watch(newcomer, now);
    if (overdue.isWaiting() || course.brake().isOn(now)) {
      return;
    }
    switch (course.phase()) {
      case RAMP -> ramp(late, now);
      case CLOSED_LOOP -> creep(late, seconds, now);
      case FILL -> measure(now);
      case DRAIN -> {
        if (course.openLoop().isDrained(now)) {
          course.cruise(now);
        }
      }
      case CRUISE -> cruise(now);
    }
  }

  private boolean watch(long newcomer, long now) {
    boolean waited = overdue.isWaiting();
    boolean filling = course.isAt(Phase.FILL);
    boolean full = filling && course.openLoop().isFull(now);
    long unproved = outflow.sent() - answers.promptSent();
    long emptyAt = course.brake().emptyAt();
    boolean late = overdue.tick(unproved, emptyAt, !filling || full, full, newcomer, now);
    if (filling && !waited && overdue.isWaiting()) {
      course.openLoop().stopped(now);
    }
    if (overdue.givesUp(now)) {
      course.giveUp();
    }
    return late;
  }

  private void ramp(boolean late, long now) {
    long silence = answers.silence(now);
    long stalled = outflow.stalledFor(now);
    if (stalled > STALLED && silence > SILENT || stalled > STALLED_LONG) {
      course.fill(now);
    } else if (outflow.isLimited() && !late) {
      course.ramp(silence < WATCHED, Math.max(0, answers.base()), now);
    }
  }

  private void creep(boolean late, double seconds, long now) {
    long silence = answers.silence(now);
    Link link = course.link();
    if (course.brake().isDoubtful()) {
      link.doubt();
      course.brake().forget(null);
    }
    if (link.isGuessed() && isAlone()) {
      course.fill(now);
    } else if (Math.min(silence, now - overdue.givenUpAt()) > SILENT) {
      if (!link.isKnown() || link.isGuessed()) {
        course.fill(now);
      } else {
        course.cruise(now);
      }
    } else if (outflow.stalledFor(now) > STALLED_STRANGELY && answers.isInTime() && !late) {
      pushedBack(now);
    } else if (outflow.isLimited() && !late && answers.areFresh(now)) {
      course.grow(answers, seconds, now);
    }
  }

  /** Returns whether nobody who is answered is believed. */
  private boolean isAlone() {
    for (int i = 0; i < exchanges.size(); i++) {
      if (exchanges.get(i).base().isKnown() && exchanges.get(i).isTrusted()) {
        return false;
      }
    }
    return true;
  }

  /** The rate is too high by a little, or much is queued that answers do not tell of. */
  private void pushedBack(long now) {
    if (now - heldAt < AGAIN) {
      course.fill(now);
    } else {
      course.hold(outflow.stalledRate(now), now);
      outflow.stallSeen(now);
    }
    heldAt = now;
  }

  private void measure(long now) {
    OpenLoop openLoop = course.openLoop();
    double settled = openLoop.settled(now);
    if (settled == 0) {
      return;
    }
    Link link = course.link();
    link.measured(settled, false);
    openLoop.drain(link, now);
    if (openLoop.isDeep(link)) {
      for (int i = 0; i < exchanges.size(); i++) {
        Exchange exchange = exchanges.get(i);
        if (exchange.wasAnsweredSince(openLoop.filledAt())) {
          // It was answered while seconds were queued, so its answers do not tell.
          exchange.noise().atLeast(Nanos.SECOND);
          openLoop.drainAll(link, now);
        }
      }
    }
    course.drain();
  }

  private void cruise(long now) {
    if (outflow.stalledFor(now) > STALLED
        || course.openLoop().isProbeDue(now)
        || course.brake().isDoubtful()) {
      course.fill(now);
    } else if (answers.silence(now) > WATCHED) {
      course.cruiseCarefully();
    }
  }
}
