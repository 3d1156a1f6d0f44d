// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * What can be known of a link when nobody is answered: fill what the service hides until it takes
 * only as much as drains, and count. Then that much less is sent until the queue is empty.
 */
final class OpenLoop {
  private static final double SLOW = 30e6;

  /** What is hidden at most as far as is known. */
  private static final double MOST_HIDDEN = 16 << 20;

  /** What is hidden at most of what was seen to go in. */
  private static final double MOST_FILLED = 64 << 20;

  private static final double MARGIN = 1.05;
  private static final long PROBE_LEAST = 10 * Nanos.SECOND;
  private static final double PROBE = 150;

  /** The link may be another one by then. */
  private static final long PROBE_MOST = 600 * Nanos.SECOND;

  /** Where that is short beside the time that a probe takes. */
  private static final int PROBE_SLOWLY = 20;

  /** Where what was measured is doubtful. */
  private static final int PROBE_SOON = 10;

  /** After so long without bulk another one has nothing to do with what was measured. */
  private static final long RESTED = 60 * Nanos.SECOND;

  /** The share of the link that goes on while the queue runs empty. */
  private static final double TRICKLE = 0.1;

  private final Outflow outflow;

  /** Goes on while nothing waits, unlike that by which answers are measured. */
  private final SentHistory history = new SentHistory();

  private final FillWindow window = new FillWindow();
  private long filledAt;
  private double filledFrom;
  private double mostFilled = MOST_FILLED;
  private double stoppedRate;
  private double seen;
  private double hidden;
  private double drains;
  private long emptyAt;
  private long emptySent;
  private boolean presumed;
  private long surelyAt;
  private long surelySent;
  private long depth;
  private long drainedAt;
  private long probeAt;
  private long busyAt;

  OpenLoop(Outflow outflow, long now) {
    this.outflow = outflow;
    this.busyAt = now;
    empty(now);
  }

  /** Takes note of a run of sending. */
  void pumped(long now) {
    history.add(outflow.sent(), now);
    if (outflow.bulkWaits()) {
      if (now - busyAt > Math.max(RESTED, depth)) {
        // It may have been an application that was slow; and the queue is empty, so a probe is
        // cheap.
        probeAt = Math.min(probeAt, now + PROBE_LEAST);
      }
      busyAt = now;
    }
  }

  /** Takes note that nothing is queued now, as far as is known. */
  void empty(long now) {
    emptyAt = now;
    emptySent = outflow.sent();
    presumed = false;
  }

  /** Takes note that nothing was queued at a time, when so much had been sent. */
  void emptyWhen(long time, long sent) {
    if (time > emptyAt) {
      emptyAt = time;
      emptySent = sent;
      presumed = false;
    }
  }

  /** Takes note that nothing is queued now if what was measured is true. */
  void drained(long now) {
    if (!presumed) {
      surelyAt = emptyAt;
      surelySent = emptySent;
    }
    empty(now);
    presumed = true;
    // Whoever waited for that is answered first.
    probeAt = Math.max(probeAt, now + PROBE_LEAST);
  }

  /** Begins to fill, from an empty queue or from a full one. */
  void fill(boolean fromEmpty, long now) {
    filledAt = now;
    if (fromEmpty) {
      filledFrom = Math.max(emptySent, outflow.accepted() - MOST_HIDDEN);
    } else if (outflow.stalledFor(now) > 0) {
      filledFrom = outflow.accepted() - hidden;
    } else {
      filledFrom = outflow.accepted();
    }
    mostFilled = MOST_FILLED;
    stoppedRate = 0;
    window.restart(outflow, now);
  }

  /** Bulk stops for somebody: what was seen so far is all there is. */
  void stopped(long now) {
    stoppedRate = window.estimate(outflow, now);
  }

  /** Bulk goes on. */
  void resumed(long now) {
    stoppedRate = 0;
    window.restart(outflow, now);
  }

  /** Returns whether the service takes so little that its queue matters. */
  boolean isFull(long now) {
    return window.isSlow(outflow, SLOW, now);
  }

  /** Returns what the link takes as far as is known, 0 if it is not. */
  double estimate(long now) {
    return stoppedRate > 0 ? stoppedRate : window.estimate(outflow, now);
  }

  /** Returns what the link takes if that is known by now and little enough to matter, or 0. */
  double settled(long now) {
    if (!window.tick(outflow, now) || !window.isSettled()) {
      return 0;
    }
    if (window.rate() >= SLOW) {
      // It may become slower, so what it took until now must not count any more.
      mostFilled = MOST_HIDDEN;
      window.restart(outflow, now);
      return 0;
    }
    return window.rate();
  }

  /** Returns since when the service has been full. */
  long fullSince() {
    return window.fullSince();
  }

  /** Returns whether the queue that was found is one that answers should have told of. */
  boolean isDeep(Link link, long now) {
    return Math.max(hidden, all(link, now)) > link.bytesIn(100 * Nanos.MILLI);
  }

  /**
   * Returns whether the last answer came sooner than anything can that is asked since it is full,
   * by so much that a doubtful measurement does not explain it. Only what was seen to go in counts.
   */
  boolean isTooSoon(Exchange exchange, Link link) {
    return exchange.askedAt() > fullSince()
        && seen > link.bytesIn(Math.max(Nanos.SECOND, 4 * exchange.lastDelay()));
  }

  /** Returns what may be queued since the last time when nothing surely was. */
  private double all(Link link, long now) {
    return outflow.accepted() - emptySent - link.bytesIn(now - emptyAt);
  }

  /** Takes what was measured for true rather than a guess. */
  void believe(Link link) {
    if (link.isGuessed() && drains > 0) {
      link.measured(drains, false, filledAt);
    }
  }

  /** Plans how long it takes until the queue is empty. */
  void drain(Link link, long now) {
    drains = link.rate();
    if (presumed && all(link, now) < hidden / 2) {
      // It is full with so little: it was not empty.
      emptyAt = surelyAt;
      emptySent = surelySent;
      presumed = false;
    }
    double filled = outflow.accepted() - filledFrom - link.bytesIn(now - filledAt);
    // There may have been little to send at first: then it was filled lately.
    double lately = history.queued(outflow.accepted(), link.rate(), filledAt, now);
    seen = Math.min(mostFilled, Math.max(filled, lately));
    hidden = Math.max(seen, Math.min(MOST_HIDDEN, all(link, now)));
    plan(link, now);
  }

  /** The answers have lied: the queue may be as old as the last time when it was surely empty. */
  void drainAll(Link link, long now) {
    hidden = Math.max(hidden, Math.min(MOST_HIDDEN, all(link, now)));
    plan(link, now);
  }

  private void plan(Link link, long now) {
    hidden = Math.max(0, hidden);
    drainedAt = now + link.nanosFor(MARGIN * hidden / (1 - TRICKLE));
    depth = link.nanosFor(hidden);
    long most = Math.max(PROBE_MOST, PROBE_SLOWLY * depth);
    long usual = Math.max(PROBE_LEAST, Math.min(most, (long) (PROBE * depth)));
    probeAt = drainedAt + (link.isDoubtful() ? soon() : usual);
  }

  /** Returns how long to wait for a probe where what was measured is doubtful. */
  long soon() {
    return Math.max(PROBE_LEAST, PROBE_SOON * depth);
  }

  long drainedAt() {
    return drainedAt;
  }

  /** Puts off the next fill. */
  void probeNotBefore(long time) {
    probeAt = Math.max(probeAt, time);
  }

  boolean isProbeDue(long now) {
    return now >= probeAt;
  }
}
