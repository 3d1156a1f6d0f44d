// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/** What an answer leads to. */
final class AnswerRules {
  private static final double FAST_LINK = 60e6;
  private static final long SEVERE = 62 * Nanos.MILLI;

  /** What is left of a queue must delay an answer by so much to prove it, or that there is none. */
  private static final long TELLING = 12 * Nanos.MILLI;

  /** Answers at such intervals can be waited for. */
  private static final long SOON = 100 * Nanos.MILLI;

  /** What a link has at least as long as only one answer or two say that it has less. */
  private static final double MILD = 0.92;

  private static final long ENORMOUS = 500 * Nanos.MILLI;

  /** From so far back at least it is looked how much has arrived. */
  private static final long MEASURED = 500 * Nanos.MILLI;

  /** A first answer that takes no longer is what is usual. */
  private static final long NEWCOMER = 150 * Nanos.MILLI;

  /** Fewer bytes than these make no queue, of a link whose rate is known, or is not. */
  private static final long FEW = 2048;

  private static final long FEW_UNKNOWN = 8192;

  /** The share of the link's rate that is believed at least, if a queue is to explain a delay. */
  private static final double CREDIBLE = 0.4;

  private static final double CREDIBLE_QUIET = 0.03;

  /** No answer is believed that a link has less than this share of what it had a moment ago. */
  private static final double LEAST = 0.1;

  /** The longest stop for an answer with nothing queued, besides what answers take. */
  private static final long STOP = Nanos.SECOND;

  private final Outflow outflow;
  private final Course course;
  private final Link link;
  private final Brake brake;
  private final Answers answers;
  private final SentHistory history;
  private final Trial trial = new Trial();

  /** What to take the link for if the next answer proves a queue, 0 if that is done. */
  private double ifProved;

  private long newcomer = NEWCOMER;

  AnswerRules(Outflow outflow, Course course, Answers answers, SentHistory history) {
    this.outflow = outflow;
    this.course = course;
    this.answers = answers;
    this.history = history;
    link = course.link();
    brake = course.brake();
  }

  /** Returns how long a first answer may take. */
  long newcomer() {
    return newcomer;
  }

  void forget(Exchange exchange) {
    trial.forget(exchange);
    brake.forget(exchange);
  }

  /** Takes note of an answer. */
  void answered(Exchange exchange, long now) {
    long delay = exchange.lastDelay();
    if (exchange.isPushed()) {
      // What came may be no answer.
      return;
    }
    if (exchange.isGivenUp() && !course.isAt(Phase.FILL) || exchange.tookItsTime()) {
      // The peer was slow, not the link.
      answers.arrived(exchange);
      return;
    }
    boolean known =
        exchange.base().isKnown() || delay <= newcomer || answers.isClear(outflow.sent(), now);
    if (known) {
      exchange.base().add(delay, now);
    }
    long base = known ? exchange.base().value() : 0;
    long queue = delay - base;
    long ahead = exchange.askedSent() - exchange.askedArrived();
    boolean trusted = exchange.isTrusted();
    if (known) {
      weigh(exchange, queue, now);
    }
    exchange.took(queue);
    answers.add(exchange, queue, base, trusted, now);
    boolean prompt = queue <= exchange.calm();
    if (prompt && trusted) {
      answers.prompt(exchange, now);
    }
    // What was asked while the queue ran empty had to wait for the rest of it.
    long expected = Math.max(0, brake.emptyAt() - exchange.askedAt());
    if (now < brake.emptyAt() && trusted && known) {
      // What is left is known better now.
      brake.drain(prompt ? 0 : outflow.sent() - exchange.askedSent(), base, link, now);
    }
    if (exchange.askedAt() < brake.cutAt()) {
      return;
    }
    exchange.waited(queue - expected);
    if (trusted && known && disproves(exchange, queue, base, now)) {
      return;
    }
    conclude(trial.answered(exchange, expected, queue - expected, ahead), exchange, now);
    if (prompt) {
      prompt(exchange, queue, ahead, trusted, now);
    } else if (queue - expected > exchange.calm()) {
      late(exchange, queue - expected, ahead, base, now);
    }
  }

  /** Looks whether the last answer was late for no reason of ours. */
  private void weigh(Exchange exchange, long queue, long now) {
    Suspicion suspicion = exchange.suspicion();
    if (suspicion.isBelied(exchange, queue)) {
      exchange.noise().belied(suspicion.queue(), now);
      if (trial.isBy(exchange)) {
        trial.end();
        brake.drain(0, 0, link, now);
        course.restore(trial);
      }
    }
    long ahead = exchange.askedSent() - exchange.askedArrived();
    suspicion.add(exchange, queue, ahead);
  }

  /**
   * Weighs the last cut by an answer that a queue must have held up, if there was one.
   *
   * @return whether there was none.
   */
  private boolean disproves(Exchange exchange, long queue, long base, long now) {
    long hidden = exchange.isPinned() ? base : 0;
    long rest = trial.rest(exchange, exchange.askedAt() + hidden);
    if (rest < TELLING) {
      return false;
    }
    if (queue < rest / 2) {
      trial.end();
      brake.drain(0, 0, link, now);
      course.restore(trial);
      exchange.noise().disproved(now);
      return true;
    }
    if (ifProved > 0) {
      double measured = bounded(measured(exchange, now), queue, trial.rateBefore());
      ifProved = Math.min(ifProved, measured);
      if (ifProved < link.rate()) {
        link.measured(ifProved, false);
        brake.drain(outflow.sent() - exchange.askedSent(), base, link, now);
        course.cut(now);
      }
    }
    return false;
  }

  private void prompt(Exchange exchange, long queue, long ahead, boolean trusted, long now) {
    exchange.noise().prompt(queue);
    if (ahead < (link.isKnown() ? link.bytesIn(10 * Nanos.MILLI) : FEW_UNKNOWN)) {
      exchange.noise().add(queue);
    }
    if (!trusted) {
      return;
    }
    course.ramp().prompt(exchange);
    link.proven().add(exchange.askedAt(), exchange.askedSent(), now);
    if (exchange.isVague()) {
      return;
    }
    boolean cruising = course.isAt(Phase.CRUISE);
    if (outflow.bulkWaits() && (cruising || course.isAt(Phase.CLOSED_LOOP))) {
      link.carries(course.goal());
    }
    if (cruising || course.isAt(Phase.DRAIN)) {
      course.close(now);
    }
  }

  private void late(Exchange exchange, long queue, long ahead, long base, long now) {
    Noise noise = exchange.noise();
    double credible = noise.isQuiet() ? CREDIBLE_QUIET : CREDIBLE;
    if (ahead < Math.max(link.isKnown() ? FEW : FEW_UNKNOWN, credible * link.bytesIn(queue))) {
      // So few bytes cannot be so long a queue.
      noise.add(queue);
    } else if (exchange.isTrusted() && noise.late(queue, now) && !trial.covers(exchange, queue)) {
      noise.forget();
      cut(exchange, queue, base, now);
    }
  }

  /** Lets the queue run empty and goes on below what the link has taken. */
  private void cut(Exchange exchange, long queue, long base, long now) {
    double measured = brake.hasStoppedFor(Nanos.SECOND, now) ? 0 : measured(exchange, now);
    if (measured > 0) {
      measured = Math.max(measured, LEAST * Math.max(link.proven().rate(now), course.lastGoal()));
    }
    if (course.isAt(Phase.FILL)) {
      double taken = course.openLoop().estimate(now);
      measured = taken > 0 ? taken : measured;
      if (measured == 0 || measured > FAST_LINK) {
        return;
      }
    }
    double goal = course.goal();
    ifProved = 0;
    double fastest = Math.max(goal, link.rate());
    long rest = Nanos.ofSeconds((outflow.sent() - exchange.askedSent()) / fastest) - base;
    trial.begin(exchange, queue, rest, goal, link.rate(), course.phase(), now);
    if (course.isAt(Phase.DRAIN)) {
      link.measured(link.rate(), false);
    } else if (!course.isAt(Phase.FILL) && !course.isAt(Phase.RAMP) && !link.isGuessed()) {
      ifProved = bounded(measured, queue, goal);
      // The next answer comes soon enough to tell whether it is that bad.
      boolean soon = answers.interval() <= SOON && queue <= ENORMOUS;
      link.measured(soon ? Math.max(ifProved, MILD * goal) : ifProved, false);
      link.ceiling(goal);
    } else if (measured == 0) {
      link.measured(Math.min(goal, link.isKnown() ? link.rate() : goal / 2), true);
    } else {
      double rate = Math.min(goal, measured);
      link.measured(rate, !course.isAt(Phase.FILL) && !link.agrees(rate));
    }
    outflow.stallSeen(now);
    brake.cut(exchange, now);
    brake.drain(outflow.sent() - exchange.askedSent(), base, link, now);
    course.cut(now);
  }

  private double measured(Exchange exchange, long now) {
    long base = exchange.base().isKnown() ? exchange.base().value() : 0;
    long since = Math.min(answers.promptAt(), now - MEASURED) - base;
    return history.rate(exchange.askedSent(), since, now - base);
  }

  /** One noisy answer must not cost half of the rate. */
  private static double bounded(double measured, long queue, double goal) {
    if (measured == 0) {
      return (queue < SEVERE ? 0.97 : MILD) * goal;
    }
    double least = queue > ENORMOUS ? 0 : queue > SEVERE ? 0.3 : MILD;
    return Math.min(goal, Math.max(measured, least * goal));
  }

  private void conclude(Trial.Verdict verdict, Exchange exchange, long now) {
    if (verdict != Trial.Verdict.OPEN) {
      brake.stop(now);
    }
    switch (verdict) {
      case OPEN -> {}
      case STOP -> {
        brake.stop(now + STOP + 2 * exchange.lastDelay());
        double rate = link.rate();
        link.measured(Math.max(0.8 * rate, Math.min(rate, measured(exchange, now))), false);
        course.cut(now);
      }
      case HELPED -> {
        exchange.noise().proved();
        course.openLoop().empty(now);
      }
      case UNCLEAR -> exchange.noise().unclear(trial.average());
      case IN_VAIN -> {
        exchange.noise().inVain(trial.smallest() - exchange.base().value());
        exchange.base().raise(trial.smallest(), now);
        newcomer = Math.max(NEWCOMER, 5 * trial.smallest() / 4);
        if (course.isAt(Phase.CLOSED_LOOP)) {
          course.undo(trial, now);
        }
      }
    }
  }
}
