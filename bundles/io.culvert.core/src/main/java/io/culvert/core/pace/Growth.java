// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How fast the rate creeps up while nothing is queued: slowly after a cut, faster and faster the
 * longer it lasts, and slowly again around the rate at which a queue grew last. The fewer answers
 * come, and the longer they take, the more would be queued before one tells: so they bound it.
 */
final class Growth {
  private static final double SLOW = 0.02;
  private static final double FIRST = 0.3;
  private static final double MOST = 10;
  private static final long DOUBLES = 1200 * Nanos.MILLI;

  /** What may be too much when the next answer comes. */
  private static final double PER_ANSWER = 0.03;

  /** The same where the rate of the link is only guessed. */
  private static final double GUESS_PER_ANSWER = 0.1;

  private static final double CAREFUL_FROM = 0.97;
  private static final double CAREFUL_TO = 1.08;
  private static final double CAREFUL = 0.04;
  private static final double CAREFUL_ROUND = 0.1;
  private static final double CAREFUL_DOUBLES = 8;
  private static final double RECOVER = 0.2;

  private double perSecond = SLOW;
  private long since;
  private long cutAt;
  private boolean cutBefore;
  private double perSecondBefore;
  private long cutAtBefore;
  private boolean cutBeforeThat;

  /** Goes on as before the last cut. */
  void undo() {
    perSecond = perSecondBefore;
    cutAt = cutAtBefore;
    cutBefore = cutBeforeThat;
  }

  /** Begins anew below a queue. */
  void cut(long now) {
    perSecondBefore = perSecond;
    cutAtBefore = cutAt;
    cutBeforeThat = cutBefore;
    perSecond = cutBefore ? SLOW : FIRST;
    cutBefore = true;
    cutAt = now;
    since = now;
  }

  /** Begins anew where a queue may be near. */
  void restart(long now) {
    perSecond = SLOW;
    since = now;
  }

  /** Returns what to multiply a rate by for the time since the last tick. */
  double factor(double rate, Link link, Answers answers, double seconds, long now) {
    if (now - since > DOUBLES) {
      perSecond = Math.min(MOST, 2 * perSecond);
      since = now;
    }
    if (link.isGuessed()) {
      double most = GUESS_PER_ANSWER / Nanos.toSeconds(answers.interval());
      return 1 + Math.min(Math.max(perSecond, FIRST), most) * seconds;
    }
    double wanted = perSecond;
    double most = PER_ANSWER / Nanos.toSeconds(answers.interval());
    double ceiling = link.ceiling();
    if (rate < CAREFUL_FROM * ceiling) {
      wanted = Math.max(wanted, RECOVER);
    } else if (rate < CAREFUL_TO * ceiling && !link.isGuessed()) {
      double round = Nanos.toSeconds(answers.interval() + Math.max(0, answers.base()));
      double calm = Nanos.toSeconds(now - cutAt);
      double careful = CAREFUL * Math.min(1, CAREFUL_ROUND / round);
      most = Math.min(most, careful * Math.pow(2, calm / CAREFUL_DOUBLES));
    }
    return 1 + Math.min(wanted, most) * seconds;
  }
}
