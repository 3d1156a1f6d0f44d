// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * What the pacer knows of one connection: what was asked on it and not answered yet, how long
 * answers take with nothing queued, and how far they are to be trusted. Confined to the pacer's
 * event loop.
 */
public final class Exchange {
  /** A payload below this can be a request. */
  private static final int REQUEST = 512;

  /** More than this after a request is no exchange but bulk. */
  private static final int FOLLOWING = 4096;

  /** After such a silence what has arrived is not to be answered any more. */
  private static final long QUIET = 2 * Nanos.SECOND;

  /** And after such a one nothing is. */
  private static final long FORGOTTEN = 30 * Nanos.SECOND;

  /** So many answers tell whether something is never answered. */
  private static final int ROUND = 8;

  /** What takes longer even with nothing queued is no clock. */
  private static final long SLOW = Nanos.SECOND;

  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private final Pacer pacer;
  private final BaseFilter base = new BaseFilter();
  private final Lateness lateness;
  private final Requests missing = new Requests();
  private final Replies replies = new Replies();
  private Requests.Request answered = new Requests.Request(LONG_AGO, 0, 0, 0, 0);
  private int following;

  private int fewest = Integer.MAX_VALUE;
  private int round;
  private long lastDelay;
  private long lastSent = LONG_AGO;
  private long lastReceived = LONG_AGO;
  private long promptAskedAt = LONG_AGO;
  private int pushed;
  private long givenUpAt = LONG_AGO;
  private long ignoredAt = LONG_AGO;
  private boolean deaf;

  Exchange(Pacer pacer, Lateness others) {
    this.pacer = pacer;
    lateness = new Lateness(others);
  }

  /** Forgets the connection, which has ended. */
  public void close() {
    pacer.closed(this);
  }

  /**
   * Takes note of what waits to be sent. A request that goes on is not answered before, so that
   * stopping bulk for it would be to wait for ourselves.
   *
   * @param payload the bytes of the chunk.
   */
  public void offered(int payload) {
    if (following + payload > FOLLOWING) {
      ignoredAt = lastSent;
    }
  }

  /**
   * Takes note of a chunk.
   *
   * @param sent everything that was sent, up to the end of this chunk.
   * @param arrived what of it is known to have arrived.
   */
  void sent(int payload, long sent, long arrived, long now) {
    if (payload >= REQUEST) {
      following += payload;
      if (following > FOLLOWING) {
        missing.clear();
      }
      return;
    }
    long quiet = now - Math.max(lastSent, lastReceived);
    if (quiet > FORGOTTEN) {
      missing.clear();
    } else if (quiet > QUIET + 2 * lastDelay) {
      missing.dropArrived(arrived);
    }
    lastSent = now;
    following = 0;
    if (!replies.isLate(payload)) {
      missing.add(payload, sent, arrived, now);
    }
  }

  /**
   * Takes note of data from the peer, and returns whether it answers what was asked.
   *
   * @param clear whether nothing of ours can hold up an answer.
   */
  boolean answers(int payload, boolean clear, long now) {
    boolean asked = missing.count() > 0;
    replies.received(payload, asked);
    Requests.Request request = missing.take(payload, now - soonest());
    boolean answer = request != null && request.at() > ignoredAt;
    if (answer) {
      answered = request;
      lastDelay = now - request.at();
      pushed = Math.max(0, pushed - 1);
    } else if (!asked && now - lastReceived > lastDelay / 2 + 10 * Nanos.MILLI) {
      // Such data comes of itself, so what looks like an answer may be none.
      pushed = Math.min(64, pushed + 2);
    }
    // Who does not wait has always something missing. One that is on its way may be dropped for one
    // that never comes: then all are measured from the next one on, which shortens the base as
    // much.
    settle(clear && now - lastSent >= (missing.count() > 1 ? soonest() : soonest() / 3));
    lastReceived = now;
    return answer;
  }

  /** Returns how long the answer to a request must have taken. */
  private long soonest() {
    return base.isKnown() ? base.value() / 4 * 3 : 0;
  }

  /**
   * Not everything is answered: what is always missing never comes.
   *
   * @param plain whether what came may well be the answer to what was sent last.
   */
  private void settle(boolean plain) {
    fewest = plain ? Math.min(fewest, missing.count()) : 0;
    if (++round >= ROUND || fewest == 0) {
      missing.drop(fewest);
      fewest = Integer.MAX_VALUE;
      round = 0;
    }
  }

  /** Returns whether an answer is missing. */
  boolean isAsking() {
    Requests.Request first = missing.first();
    return first != null && first.at() > ignoredAt;
  }

  /** Returns whether an answer is missing, and missing it tells something. */
  boolean isMissed() {
    Requests.Request first = missing.first();
    return first != null
        && first.at() > Math.max(ignoredAt, givenUpAt)
        && base.isKnown()
        && mayBeClock();
  }

  /**
   * Returns whether an answer is missing that a queue may hold up.
   *
   * @param arrived what is known to have arrived with nothing queued.
   * @param emptyAt when a queue that is known should be empty.
   */
  boolean isLate(long arrived, long emptyAt, long now) {
    Requests.Request first = missing.first();
    return first != null
        && isMissed()
        && first.sent() > arrived
        && overdue(emptyAt, now) > lateness.calm();
  }

  /** Returns how late the answer is that is missing, behind a queue that is known. */
  long overdue(long emptyAt, long now) {
    return now - Math.max(missedAt(), emptyAt) - base.value();
  }

  /** Returns when the answer that is missing was asked for, or the last one if none is. */
  long missedAt() {
    Requests.Request first = missing.first();
    return first == null ? answered.at() : first.at();
  }

  /** Returns whether something was asked since a time whose answer is missing, and that tells. */
  boolean isMissedSince(long time) {
    Requests.Request last = missing.last();
    return last != null && last.at() >= time && isMissed();
  }

  /** Takes note that nothing is queued: an answer that should have come by now never comes. */
  void hasNoQueue(long now) {
    if (base.isKnown()) {
      missing.dropBefore(now - base.value() - lateness.calm());
    }
  }

  /** Waits no more for the answers that are missing: the peer is what is slow. */
  void giveUp() {
    givenUpAt = lastSent;
  }

  /** Returns whether its last answer came when it was not waited for any more. */
  boolean isGivenUp() {
    return answered.at() <= givenUpAt;
  }

  /** Returns whether so much comes of itself that what looks like an answer may be none. */
  boolean isPushed() {
    return pushed > 8;
  }

  /** Takes note that it was answered in time while much was queued, so its answers are none. */
  void deaf() {
    deaf = true;
  }

  /** Returns whether its answers are known to tell what is queued. */
  boolean isClock() {
    return mayBeClock() && base.isKnown() && !lateness.isNew();
  }

  /** Returns whether they may do so as far as is known: they are not known to be irregular. */
  boolean mayBeClock() {
    return !deaf && !isPushed() && (!base.isKnown() || base.value() < SLOW) && lateness.isRegular();
  }

  /** Takes note that its last answer came in time. */
  void wasPrompt() {
    promptAskedAt = answered.at();
  }

  /** Returns whether something was answered in time that was asked since then. */
  boolean wasPromptSince(long time) {
    return promptAskedAt > time;
  }

  /** Returns whether something was answered since then. */
  boolean wasAnsweredSince(long time) {
    return lastReceived > time && base.isKnown();
  }

  BaseFilter base() {
    return base;
  }

  Lateness lateness() {
    return lateness;
  }

  /** Returns when the request was sent that was answered last. */
  long askedAt() {
    return answered.at();
  }

  /** Returns everything that was sent up to the end of the request. */
  long askedSent() {
    return answered.sent();
  }

  /** Returns what was known to have arrived when it was asked. */
  long askedArrived() {
    return answered.arrived();
  }

  long lastDelay() {
    return lastDelay;
  }
}
