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

  private final Outflow outflow;
  private final List<Exchange> exchanges;
  private final SentHistory history = new SentHistory();
  private final Answers answers;
  private final Overdue overdue;
  private final Course course;
  private final AnswerRules answerRules;
  private final TimeRules timeRules;

  /**
   * Begins with what was known of the link before, if anything was.
   *
   * @param hint a rate that it took at most, or 0.
   * @param proven a rate that it took lately with nothing queued, or 0.
   */
  AutoRate(Outflow outflow, List<Exchange> exchanges, double hint, double proven, long now) {
    this.outflow = outflow;
    this.exchanges = exchanges;
    answers = new Answers(outflow.sent(), now);
    overdue = new Overdue(exchanges);
    course = new Course(outflow, hint, proven, now);
    answerRules = new AnswerRules(outflow, course, answers, history);
    timeRules = new TimeRules(outflow, exchanges, course, answers, overdue, now);
  }

  /** Returns the rate in force, in bytes per second. */
  double rate(long now) {
    return course.rate(overdue.isWaiting(), now);
  }

  /** Returns whether something may change without anything being sent or received. */
  boolean isBusy() {
    return overdue.isWaiting() || outflow.bulkWaits();
  }

  void forget(Exchange exchange) {
    overdue.forget(exchange);
    answerRules.forget(exchange);
  }

  /** Takes note of an answer. */
  void answered(Exchange exchange, long now) {
    overdue.answered(exchange, now);
    answerRules.answered(exchange, now);
    if (!exchange.isPushed() && exchange.isTrusted()) {
      for (int i = 0; i < exchanges.size(); i++) {
        exchanges.get(i).arrived(exchange.askedSent(), now);
      }
    }
  }

  /** Lets time have its effect. */
  void tick(long now) {
    outflow.tick();
    history.add(outflow.sent(), now);
    timeRules.tick(answerRules.newcomer(), now);
  }

  /** Returns whether almost nothing was sent that is not known to have arrived. */
  boolean isClear() {
    return outflow.sent() - answers.arrived() < CLEAR;
  }

  /** Returns everything that is known to have arrived. */
  long arrived() {
    return answers.arrived();
  }

  /** Returns what the link takes, 0 if unknown. */
  double link() {
    return course.link().rate();
  }

  /** Returns what the link takes if it is more than a guess, or 0. */
  double hint() {
    return course.link().isGuessed() ? 0 : link();
  }

  /** Returns what the link has surely taken lately with nothing queued, 0 if unknown. */
  double proven(long now) {
    return course.link().proven().rate(now);
  }

  PaceStatus status(double rate, boolean limited) {
    return new PaceStatus(
        course.phase().name(),
        (long) rate,
        (long) link(),
        answers.queue(),
        answers.base(),
        limited);
  }
}
