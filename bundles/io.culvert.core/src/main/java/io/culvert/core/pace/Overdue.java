// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests whose answers are missing. For one that is overdue bulk stops until it is answered,
 * but not for ever: the peer may be what is slow.
 */
final class Overdue {
  private static final long LATE = 50 * Nanos.MILLI;
  private static final long PATIENCE = 3 * Nanos.SECOND;
  private static final long PATIENCE_NOISY = Nanos.SECOND;
  private static final long PATIENCE_FULL = 10 * Nanos.SECOND;

  /** For so many times as long as the last stop bulk does not stop again. */
  private static final int REST = 4;

  private static final long LONG = Nanos.SECOND;

  private static final long LONG_AGO = Long.MIN_VALUE / 2;
  private static final long SOMETHING = 8192;

  private final List<Exchange> exchanges;
  private @Nullable Exchange waiting;
  private long until;
  private long since;
  private long notBefore = LONG_AGO;
  private long givenUpAt = LONG_AGO;

  Overdue(List<Exchange> exchanges) {
    this.exchanges = exchanges;
  }

  /** Returns whether bulk stops for an answer. */
  boolean isWaiting() {
    return waiting != null;
  }

  /** Returns when an answer was waited for in vain last. */
  long givenUpAt() {
    return givenUpAt;
  }

  void answered(Exchange exchange, long now) {
    if (exchange == waiting) {
      goOn(now);
    }
  }

  /** Ends a stop; the next one must wait, so that slow peers do not stop bulk again and again. */
  private void goOn(long now) {
    waiting = null;
    if (now - since > LONG) {
      notBefore = now + REST * (now - since);
    }
  }

  void forget(Exchange exchange) {
    if (exchange == waiting) {
      waiting = null;
    }
  }

  /**
   * Looks for requests that are overdue.
   *
   * @param sentSincePrompt what may be queued.
   * @param emptyAt when the queue should be empty that is known.
   * @param mayStop whether bulk goes slowly enough for a queue to matter.
   * @param full whether a queue is known to be there: then it needs no usual delay to be missed.
   * @return whether an answer is late, if not overdue.
   */
  boolean tick(
      long sentSincePrompt, long emptyAt, boolean mayStop, boolean full, long newcomer, long now) {
    boolean late = false;
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      if (!exchange.isMissed()) {
        answered(exchange, now);
        continue;
      }
      if (exchange.canBeMissed()) {
        long over = now - Math.max(exchange.askedAt(), emptyAt) - exchange.base().value();
        late |= over > exchange.noise().calm();
        if (over > LATE + 2 * exchange.noise().level() && mayStop && sentSincePrompt > SOMETHING) {
          boolean quiet = exchange.noise().isQuiet();
          stopFor(exchange, now + (quiet ? PATIENCE : PATIENCE_NOISY), now);
        }
      } else if (full && now - exchange.askedAt() > newcomer) {
        stopFor(exchange, now + PATIENCE_FULL, now);
      }
    }
    return late;
  }

  private void stopFor(Exchange exchange, long end, long now) {
    if (waiting == null && now >= notBefore) {
      waiting = exchange;
      since = now;
      until = end;
    }
  }

  /** Gives up on the answer that is waited for, if it is time, and returns whether it was. */
  boolean givesUp(long now) {
    Exchange exchange = waiting;
    if (exchange == null || now < until) {
      return false;
    }
    exchange.missed();
    exchanges.forEach(Exchange::giveUp);
    givenUpAt = now;
    goOn(now);
    return true;
  }
}
