// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Whether a queue stands. One late answer says nothing; but behind a queue every answer is late, so
 * the least late of several in a row counts. A queue is believed when it is improbable that each of
 * them was so late by itself.
 */
final class Evidence {
  /** Less than that is not by chance; several suffixes of the row are tried. */
  private static final double IMPROBABLE = Math.log(2e-4);

  /** Enough where a queue is made on purpose, and the question is just whether answers tell. */
  private static final double UNLIKELY = Math.log(2e-2);

  /** What is asked within such a time meets the same hiccup. */
  private static final long APART = 15 * Nanos.MILLI;

  /** What was not believed for so long was nothing. */
  private static final long LATELY = 4 * Nanos.SECOND;

  /** Behind a long queue answers are rare, and it takes several. */
  private static final int SEVERAL_OF_THEM = 4;

  /** One odd answer is none, if there was not already a cut. */
  private static final int SEVERAL = 2;

  private static final int KEPT = 24;

  private final ArrayDeque<Late> lates = new ArrayDeque<>();
  private final ArrayDeque<Late> held = new ArrayDeque<>();

  private record Late(Exchange exchange, long askedAt, long late, long at) {
    boolean isOld(long now) {
      return now - at > Math.max(LATELY, SEVERAL_OF_THEM * late);
    }
  }

  /** Takes note of an answer that a queue may have delayed. */
  void add(Exchange exchange, long late, long now) {
    lates.addFirst(new Late(exchange, exchange.askedAt(), late, now));
    forgetOld(now);
  }

  private void forgetOld(long now) {
    while (lates.size() > KEPT || !lates.isEmpty() && lates.getLast().isOld(now)) {
      Late oldest = lates.removeLast();
      oldest.exchange.lateness().add(oldest.late, 1);
    }
  }

  /** Returns whether the last answers were late. */
  boolean isPending() {
    return !lates.isEmpty();
  }

  /** Begins anew, until it is known whether a queue explains what was late. */
  void hold() {
    held.addAll(lates);
    lates.clear();
  }

  /** A queue explains what was late before. */
  void explained() {
    held.clear();
  }

  /** There was no queue, so the connections were late by themselves before. */
  void unexplained(double weight) {
    add(held, weight);
  }

  /** Begins anew: there is no queue, so the connections were late by themselves. */
  void disprove(double weight) {
    add(lates, weight);
  }

  private static void add(ArrayDeque<Late> lates, double weight) {
    for (Late late : lates) {
      late.exchange.lateness().add(late.late, weight);
    }
    lates.clear();
  }

  void forget(Exchange exchange) {
    lates.removeIf(late -> late.exchange == exchange);
    held.removeIf(late -> late.exchange == exchange);
  }

  /**
   * Weighs the answers that came, and those that are missing.
   *
   * @param arrived what is known to have arrived with nothing queued.
   * @param emptyAt when a queue that is known should be empty.
   * @param filling whether the WebSocket takes no more of what is to be a queue.
   */
  boolean isQueue(List<Exchange> exchanges, long arrived, long emptyAt, boolean filling, long now) {
    forgetOld(now);
    ArrayDeque<Late> all = lates;
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      if (exchange.isLate(arrived, emptyAt, now)) {
        all = all == lates ? new ArrayDeque<>(lates) : all;
        all.addFirst(new Late(exchange, exchange.missedAt(), exchange.overdue(emptyAt, now), now));
      }
    }
    return isBelow(filling ? UNLIKELY : IMPROBABLE, all == lates ? lates : newest(all));
  }

  /** Returns the last ones that were asked, the newest first. */
  private static ArrayDeque<Late> newest(ArrayDeque<Late> lates) {
    List<Late> sorted = new ArrayList<>(lates);
    sorted.sort(Comparator.comparingLong(Late::askedAt).reversed());
    return new ArrayDeque<>(sorted.subList(0, Math.min(2 * KEPT, sorted.size())));
  }

  private boolean isBelow(double limit, ArrayDeque<Late> all) {
    long smallest = Long.MAX_VALUE;
    int count = 0;
    for (Late late : all) {
      smallest = Math.min(smallest, late.late);
      if (chance(all, ++count, smallest) < limit) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the logarithm of how probable it is that the last ones are all late by chance.
   *
   * @param smallest how late the least late one of them is.
   */
  private double chance(ArrayDeque<Late> all, int count, long smallest) {
    double sum = 0;
    long before = Long.MAX_VALUE;
    int several = held.isEmpty() ? 0 : 1;
    Iterator<Late> each = all.iterator();
    for (int i = 0; i < count; i++) {
      Late late = each.next();
      if (late.askedAt <= before - APART) {
        sum += Math.log(late.exchange.lateness().chance(smallest));
        before = late.askedAt;
        several++;
      }
    }
    return several < SEVERAL ? 0 : sum;
  }
}
