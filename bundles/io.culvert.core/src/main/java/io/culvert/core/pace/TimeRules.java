// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.List;

/** What time leads to. */
final class TimeRules {
  private static final long WATCHED = 10 * Nanos.SECOND;
  private static final long SILENT = 3 * Nanos.SECOND;
  private static final long STALLED = 100 * Nanos.MILLI;

  /** What goes below the rate of a link is hardly ever held up. */
  private static final double STALLED_SHARE = 0.2;

  /** After such a stall it is no matter what answers say. */
  private static final long STALLED_LONG = Nanos.SECOND;

  /** With answers in time a stall is strange, but a short one may be nothing. */
  private static final long STALLED_STRANGELY = 500 * Nanos.MILLI;

  /** A stall so soon after the rate was lowered is no matter of the rate. */
  private static final long AGAIN = 1500 * Nanos.MILLI;

  /** Nor is one in which the WebSocket takes less than such a part of it. */
  private static final double MUCH = 0.75;

  /** A late tick must not count for all the time since the last one. */
  private static final long TICK = 20 * Nanos.MILLI;

  /** A step of the ramp at which nobody asks. */
  private static final long STEP = 300 * Nanos.MILLI;

  /** Nothing that objects without proof stops the ramp for longer. */
  private static final long HOLD = Nanos.SECOND;

  private static final long HOLD_CAREFULLY = 3 * Nanos.SECOND;

  /** How long bulk goes slowly for the first answer of all: nobody knows how long it takes. */
  private static final long FIRST = Nanos.SECOND;

  /** How long to stop for an answer that is missing, and how much longer there is none then. */
  private static final long PATIENCE = 3 * Nanos.SECOND;

  private static final long MOST_PATIENCE = 10 * Nanos.SECOND;

  private static final int REST = 4;

  private final Outflow outflow;
  private final List<Exchange> exchanges;
  private final Course course;
  private final Answers answers;
  private final Evidence evidence;
  private long lastTick;
  private long lateSince;
  private long heldAt = Long.MIN_VALUE / 2;
  private boolean waited;
  private long waitsSince;
  private long patience;
  private long waitsNotBefore = Long.MIN_VALUE / 2;

  TimeRules(
      Outflow outflow,
      List<Exchange> exchanges,
      Course course,
      Answers answers,
      Evidence evidence,
      long now) {
    this.outflow = outflow;
    this.exchanges = exchanges;
    this.course = course;
    this.answers = answers;
    this.evidence = evidence;
    lastTick = now;
  }

  /** Lets time have its effect. */
  void tick(long now) {
    double seconds = Nanos.toSeconds(Math.min(now - lastTick, TICK));
    lastTick = now;
    boolean late = watch(now);
    course.hesitates(late);
    lateSince = late ? lateSince : now;
    if (course.trial().isOver(now)) {
      doubt(now);
    }
    if (course.isWaiting()) {
      return;
    }
    switch (course.phase()) {
      case RAMP -> ramp(late, now);
      case CLOSED_LOOP -> creep(late, seconds, now);
      case FILL -> measure(now);
      case DRAIN -> {
        if (now >= course.emptyAt()) {
          course.drained(answers.silence(now) < SILENT, now);
          outflow.stallSeen(now);
        }
      }
      case CRUISE -> cruise(now);
    }
  }

  /** Ends the trial of a cut, as an answer came in time. */
  void decide(Exchange exchange, long now) {
    evidence.explained();
    if (course.trial().isProved(exchange.lateness().isPunctual())) {
      course.prove(now);
    } else {
      course.doubt(now);
    }
  }

  /** Ends the trial of a cut without knowing whether the link is as slow as it seemed. */
  void doubt(long now) {
    course.trial().cancel();
    evidence.unexplained(1);
    course.doubt(now);
  }

  /** Finds out what the link takes by itself; what a cut was to find out is no matter then. */
  private void fill(long now) {
    if (course.trial().isOpen()) {
      course.trial().cancel();
      evidence.unexplained(1);
    }
    course.fill(now);
  }

  /** Stops bulk for an answer that is so late that there must be a queue, but not for ever. */
  private boolean watch(long now) {
    if (waited && !course.isWaiting()) {
      rest(now);
    }
    boolean queue = false;
    boolean filling = course.isAt(Phase.FILL);
    if (!filling || course.openLoop().isFull(now)) {
      queue = evidence.isQueue(exchanges, answers.promptSent(), course.emptyAt(), filling, now);
    }
    if (course.isWaiting()) {
      if (!queue) {
        goOn(now);
      } else if (now - waitsSince > patience) {
        giveUp(now);
        goOn(now);
      }
    } else if (queue && now >= waitsNotBefore) {
      if (course.isAt(Phase.FILL)) {
        course.openLoop().stopped(now);
      }
      course.waits(true);
      waited = true;
      waitsSince = now;
      patience = patience(now);
    }
    return queue || evidence.isPending();
  }

  /** Returns how long the longest queue may need that can be there. */
  private long patience(long now) {
    double rate = Math.max(course.link().rate(), course.link().proven().rate(now));
    double unproved = outflow.sent() - answers.promptSent();
    long needed = Nanos.ofSeconds(1.5 * unproved / Math.max(rate, Ramp.FIRST));
    return Math.max(PATIENCE, Math.min(MOST_PATIENCE, needed));
  }

  private void rest(long now) {
    waited = false;
    waitsNotBefore = now + REST * (now - waitsSince);
  }

  /** No queue takes so long: who is waited for is late by itself. */
  private void giveUp(long now) {
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      if (exchange.isLate(answers.promptSent(), course.emptyAt(), now)) {
        exchange.lateness().add(exchange.overdue(course.emptyAt(), now), 4);
        exchange.giveUp();
      }
    }
    evidence.disprove(4);
  }

  private void goOn(long now) {
    course.waits(false);
    outflow.stallSeen(now);
    rest(now);
    if (course.isAt(Phase.FILL)) {
      course.openLoop().resumed(now);
    }
  }

  private void ramp(boolean late, long now) {
    if (outflow.isLimited() || outflow.isStalled()) {
      course.begins(now);
    }
    long silence = answers.silence(now);
    long stalled = outflow.stalledFor(now);
    boolean limited = outflow.isLimited();
    long hold = course.ramp().isCareful() ? HOLD_CAREFULLY : HOLD;
    boolean objected = late && now - lateSince < hold;
    boolean full = stalled > STALLED && silence > SILENT || stalled > STALLED_LONG;
    if (full || limited && !objected && !isWatched(now) && !isExpected(now)) {
      fill(now);
    } else {
      long patience = isAsked() ? hold : Math.max(STEP, 2 * answers.interval());
      course.ramp(limited, objected, patience, now);
    }
  }

  /** Returns whether somebody was answered lately, so that answers can object. */
  private boolean isWatched(long now) {
    boolean watched = answers.silence(now) < WATCHED || course.ramp().isBelowKnown();
    for (int i = 0; i < exchanges.size() && !watched; i++) {
      Exchange exchange = exchanges.get(i);
      watched = exchange.mayBeClock() && exchange.wasAnsweredSince(now - WATCHED);
    }
    return watched;
  }

  /** Returns whether the first answer of all is missing, and may come soon after bulk began. */
  private boolean isExpected(long now) {
    if (answers.base() >= 0 || course.ramp().isKnown() || !course.link().isNew(FIRST, now)) {
      return false;
    }
    boolean expected = false;
    for (int i = 0; i < exchanges.size() && !expected; i++) {
      expected = exchanges.get(i).isAsking();
    }
    return expected;
  }

  /** Returns whether an answer is missing that would tell of the rate in force. */
  private boolean isAsked() {
    boolean asked = false;
    for (int i = 0; i < exchanges.size() && !asked; i++) {
      Exchange exchange = exchanges.get(i);
      asked = course.ramp().isTestedBy(exchange);
    }
    return asked;
  }

  private void creep(boolean late, double seconds, long now) {
    if (answers.silence(now) > SILENT) {
      if (course.link().isGuessed() && course.openLoop().isProbeDue(now)) {
        fill(now);
      } else {
        course.openLoop().believe(course.link());
        course.cruise(now);
      }
    } else if (!late && outflow.stalledFor(now) > STALLED_STRANGELY) {
      pushedBack(now);
    } else if (outflow.isLimited() && !late && !course.trial().isOpen() && answers.areFresh(now)) {
      course.grow(answers, seconds, now);
    }
  }

  /** The rate is too high by a little, or much is queued that answers do not tell of. */
  private void pushedBack(long now) {
    if (now - heldAt < AGAIN || outflow.stalledRate(now) < MUCH * course.goal()) {
      fill(now);
    } else {
      course.hold(outflow.stalledRate(now), now);
      outflow.stallSeen(now);
    }
    heldAt = now;
  }

  private void measure(long now) {
    settle(course.openLoop().settled(now), now);
  }

  /** Lets what was filled run empty if it is known what the link takes. */
  void settle(double settled, long now) {
    if (settled == 0) {
      return;
    }
    OpenLoop openLoop = course.openLoop();
    Link link = course.link();
    link.measured(settled, false, openLoop.fullSince());
    link.prove(now);
    openLoop.drain(link, now);
    if (openLoop.isDeep(link, now)) {
      for (int i = 0; i < exchanges.size(); i++) {
        Exchange exchange = exchanges.get(i);
        // It was answered while seconds were queued, so its answers do not tell.
        if (exchange.isClock() && exchange.wasPromptSince(openLoop.fullSince())) {
          exchange.deaf();
          openLoop.drainAll(link, now);
        } else if (openLoop.isTooSoon(exchange, link)) {
          exchange.deaf();
        }
      }
    }
    course.drain(now);
  }

  private void cruise(long now) {
    if (outflow.stalledShare() > STALLED_SHARE || course.openLoop().isProbeDue(now)) {
      fill(now);
    }
  }
}
