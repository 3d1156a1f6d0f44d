// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.List;

/**
 * Finds the rate at which bulk may go. The answer to a request says that everything sent before the
 * request has arrived, and when it comes late, how much was queued: so answers close the loop.
 * Where nobody is answered, {@link OpenLoop} must do.
 */
final class AutoRate {
  private static final long CLEAR = 4096;
  private static final double FAST_LINK = 60e6;

  /** From so far back at least it is looked how much has arrived. */
  private static final long MEASURED = 500 * Nanos.MILLI;

  /** What a link has left at least of what it surely carried. */
  private static final double LEAST = 0.05;

  /** So few bytes are no queue. */
  private static final long FEW = 2048;

  /** What was believed and is not true counts so often. */
  private static final double WRONG = 4;

  private final Outflow outflow;
  private final List<Exchange> exchanges;
  private final SentHistory history = new SentHistory();
  private final Evidence evidence = new Evidence();
  private final FirstAnswers firsts = new FirstAnswers();
  private final Answers answers;
  private final Course course;
  private final Link link;
  private final TimeRules timeRules;

  /**
   * Begins with what was known of the link before, if anything was.
   *
   * @param proven a rate that it took lately with nothing queued, or 0.
   */
  AutoRate(Outflow outflow, List<Exchange> exchanges, double proven, long now) {
    this.outflow = outflow;
    this.exchanges = exchanges;
    answers = new Answers(outflow.sent(), now);
    course = new Course(outflow, proven, now);
    link = course.link();
    timeRules = new TimeRules(outflow, exchanges, course, answers, evidence, now);
  }

  /** Returns the rate in force, in bytes per second. */
  double rate() {
    return course.rate();
  }

  /** Returns whether something may change without anything being sent or received. */
  boolean isBusy() {
    return course.isWaiting() || outflow.bulkWaits();
  }

  void forget(Exchange exchange) {
    evidence.forget(exchange);
  }

  /** Takes note of an answer. */
  void answered(Exchange exchange, long now) {
    if (exchange.isPushed()) {
      return;
    }
    long delay = exchange.lastDelay();
    if (!exchange.base().isKnown() && !isFirst(exchange, now)) {
      return;
    }
    long before = exchange.base().value();
    exchange.base().add(delay, now);
    if (before != BaseFilter.UNKNOWN) {
      exchange.lateness().shift(before - exchange.base().value());
    }
    long queue = delay - exchange.base().value();
    boolean clock = exchange.mayBeClock();
    answers.add(exchange, queue, clock, now);
    Trial trial = course.trial();
    if (trial.isBefore(exchange.askedAt()) || exchange.isGivenUp()) {
      return;
    }
    if (clock && trial.isDisproved(exchange.askedAt(), queue, exchange.base().value())) {
      undo(now);
      return;
    }
    if (exchange.isClock() && trial.isTold(exchange.askedAt(), queue)) {
      measureAgain(exchange, now);
    }
    long late = queue - Math.max(0, course.emptyAt() - exchange.askedAt());
    if (late <= exchange.lateness().calm()) {
      exchange.lateness().add(late, 1);
      if (clock && queue <= exchange.lateness().calm()) {
        prompt(exchange, now);
      }
    } else if (exchange.mayBeClock() && isCredible(exchange, late)) {
      evidence.add(exchange, late, now);
      weigh(exchange, now);
    } else {
      exchange.lateness().add(late, 1);
    }
  }

  /**
   * Returns whether a first answer tells something. It does where nearly all that went before the
   * request was known to have arrived. Where nobody else is answered there may be a queue since
   * before: then bulk stops, which must make a difference.
   */
  private boolean isFirst(Exchange exchange, long now) {
    long delay = exchange.lastDelay();
    if (exchange.askedSent() - exchange.askedArrived() < 4 * CLEAR) {
      firsts.add(delay);
      return true;
    }
    if (exchange.askedAt() < course.emptyAt() || !course.isOpen(now) && !firsts.isShort(delay)) {
      return firsts.isShort(delay);
    }
    if (firsts.isInVain(delay)) {
      return true;
    }
    if (firsts.isUsual(delay)) {
      exchange.base().add(delay, now);
      return firsts.isShort(delay);
    }
    if (firsts.mayTest(now)) {
      test(exchange, now);
    }
    return false;
  }

  /** Stops bulk for as long as what is queued needs. */
  private void test(Exchange exchange, long now) {
    if (course.isAt(Phase.FILL)) {
      double taken = course.openLoop().estimate(now);
      if (taken == 0) {
        return;
      }
      timeRules.settle(taken, now);
    } else {
      course.test(outflow.sent() - exchange.askedSent(), now);
    }
    firsts.test(exchange.lastDelay(), course.emptyAt(), now);
  }

  private void prompt(Exchange exchange, long now) {
    exchange.wasPrompt();
    course.openLoop().emptyWhen(exchange.askedAt(), exchange.askedSent());
    evidence.disprove(1);
    course.waits(false);
    answers.prompt(exchange, now);
    link.proven().add(exchange.askedAt(), exchange.askedSent(), now);
    course.ramp().prompt(exchange);
    if (course.trial().isSooner(exchange.askedAt(), exchange.base().value())) {
      timeRules.doubt(now);
    }
    course.emptied(outflow.sent() - exchange.askedSent(), exchange.base().value(), now);
    if (course.trial().isDecidedBy(exchange.askedAt())) {
      timeRules.decide(exchange, now);
    }
    if (outflow.bulkWaits()) {
      course.carries(now);
    }
    if (course.isAt(Phase.CRUISE)) {
      course.close(now);
    }
  }

  /** Returns whether what was sent can be so long a queue. */
  private boolean isCredible(Exchange exchange, long late) {
    long ahead = exchange.askedSent() - exchange.askedArrived();
    double least = LEAST * Math.max(link.rate(), link.proven().rate(exchange.askedAt()));
    return exchange.askedSent() > answers.promptSent()
        && ahead > Math.max(FEW, least * Nanos.toSeconds(late));
  }

  private void weigh(Exchange exchange, long now) {
    boolean filling = course.isAt(Phase.FILL) && course.openLoop().isFull(now);
    if (evidence.isQueue(exchanges, answers.promptSent(), course.emptyAt(), filling, now)) {
      cut(exchange, now);
    }
  }

  /** Lets the queue run empty and goes on below what the link has taken. */
  private void cut(Exchange exchange, long now) {
    double measured = measured(exchange, now);
    if (course.isAt(Phase.FILL)) {
      double taken = course.openLoop().estimate(now);
      measured = taken > 0 ? taken : measured;
      if (measured == 0 || measured > FAST_LINK) {
        return;
      }
    }
    double goal = course.goal();
    double least = LEAST * Math.max(link.rate(), link.proven().rate(now));
    double rate = Math.min(goal, Math.max(measured == 0 ? goal / 2 : measured, least));
    Trial.Before before = new Trial.Before(course.phase(), goal, link.rate());
    long base = exchange.base().value();
    course.waits(false);
    course.cut(rate, link.isGuessed(), outflow.sent() - exchange.askedSent(), base, now);
    long unanswered = outflow.sent() - exchange.askedSent();
    double fastest = Math.max(goal, before.link());
    long soonest = now + Nanos.ofSeconds(unanswered / fastest) - base;
    course.trial().begin(before, rate, soonest, course.emptyAt(), now);
    evidence.hold();
    outflow.stallSeen(now);
  }

  /** A queue is there: what came out of it tells the rate of the link. */
  private void measureAgain(Exchange exchange, long now) {
    double measured = measured(exchange, now);
    if (measured > LEAST * course.trial().before().link() && measured < link.rate()) {
      course.cutAgain(measured, now);
      course.drain(outflow.sent() - exchange.askedSent(), exchange.base().value(), now);
    }
    course.trial().shrinks(link.rate(), course.emptyAt());
  }

  private void undo(long now) {
    evidence.disprove(WRONG);
    evidence.unexplained(WRONG);
    exchanges.forEach(exchange -> exchange.hasNoQueue(now));
    course.undo(now);
  }

  private double measured(Exchange exchange, long now) {
    long base = exchange.base().value();
    long since = Math.min(answers.promptAt(), now - MEASURED) - base;
    return history.rate(exchange.askedSent(), since, now - base);
  }

  /** Takes note of a run of sending. */
  void pumped(long now) {
    course.openLoop().pumped(now);
  }

  /** Lets time have its effect. */
  void tick(long now) {
    outflow.tick(now);
    history.add(outflow.sent(), now);
    timeRules.tick(now);
  }

  /** Returns whether almost nothing was sent that is not known to have arrived. */
  boolean isClear() {
    return outflow.sent() - answers.arrived() < CLEAR;
  }

  /** Returns everything that is known to have arrived. */
  long arrived() {
    return answers.arrived();
  }

  /** Returns what the link has surely taken lately with nothing queued, 0 if unknown. */
  double proven(long now) {
    return link.proven().rate(now);
  }

  PaceStatus status(double rate, boolean limited) {
    return new PaceStatus(
        course.phase().name(),
        (long) rate,
        (long) link.rate(),
        answers.queue(),
        answers.base(),
        limited);
  }
}
