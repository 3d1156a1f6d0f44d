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

  /** With more than so many requests on their way it is not clear which one an answer is for. */
  private static final int MANY = 8;

  /** After such a silence nothing that was sent before is still to be answered. */
  private static final long QUIET = 2 * Nanos.SECOND;

  /** So many answers tell whether something is never answered. */
  private static final int ROUND = 8;

  /** What takes longer even with nothing queued is no clock. */
  private static final long SLOW = Nanos.SECOND;

  private final Pacer pacer;
  private final BaseFilter base = new BaseFilter();
  private final Lateness lateness;
  private boolean asking;
  private long askedAt;
  private long askedSent;
  private long askedArrived;
  private int following;
  private int unanswered;
  private int earlier;
  private int fewest = Integer.MAX_VALUE;
  private int round;
  private long lastDelay;
  private long lastSent;
  private long lastReceived;
  private long promptAskedAt = Long.MIN_VALUE / 2;
  private int pushed;
  private boolean givenUp;
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
    asking = asking && following + payload <= FOLLOWING;
  }

  /**
   * Takes note of a chunk.
   *
   * @param sent everything that was sent, up to the end of this chunk.
   * @param arrived what of it is known to have arrived.
   */
  void sent(int payload, long sent, long arrived, long now) {
    if (payload >= REQUEST) {
      unanswered = 0;
      if (asking) {
        following += payload;
        asking = following <= FOLLOWING;
      }
      return;
    }
    if (now - Math.max(lastSent, lastReceived) > QUIET + 2 * lastDelay) {
      unanswered = 0;
    }
    lastSent = now;
    if (asking) {
      following += payload;
      asking = following <= FOLLOWING;
    } else if (unanswered <= MANY) {
      asking = true;
      askedAt = now;
      askedSent = sent;
      askedArrived = arrived;
      following = 0;
      earlier = unanswered;
      givenUp = false;
    }
    unanswered++;
  }

  /**
   * Takes note of data from the peer, and returns whether it answers what was asked.
   *
   * @param clear whether nothing of ours can hold up an answer.
   */
  boolean answers(boolean clear, long now) {
    boolean answer = false;
    if (asking) {
      if (earlier > 0) {
        earlier--;
      } else {
        asking = false;
        answer = true;
        lastDelay = now - askedAt;
        pushed = Math.max(0, pushed - 1);
      }
    } else if (unanswered == 0 && now - lastReceived > lastDelay / 2 + 10 * Nanos.MILLI) {
      // Such data comes of itself, so what looks like an answer may be none.
      pushed = Math.min(64, pushed + 2);
    }
    unanswered = Math.max(0, unanswered - 1);
    settle(clear && now - lastSent >= soonest());
    lastReceived = now;
    return answer;
  }

  /** Returns how long the answer to the last request must have taken, if that was answered now. */
  private long soonest() {
    return base.isKnown() ? base.value() / 4 : 0;
  }

  /**
   * Not everything is answered: what is always missing never comes.
   *
   * @param plain whether what came may well be the answer to what was sent last.
   */
  private void settle(boolean plain) {
    fewest = plain ? Math.min(fewest, unanswered) : 0;
    if (++round >= ROUND || fewest == 0) {
      unanswered -= fewest;
      fewest = Integer.MAX_VALUE;
      round = 0;
    }
  }

  /** Returns whether an answer is missing. */
  boolean isAsking() {
    return asking;
  }

  /** Returns whether an answer is missing, and missing it tells something. */
  boolean isMissed() {
    return asking && !givenUp && base.isKnown() && mayBeClock();
  }

  /**
   * Returns whether an answer is missing that a queue may hold up.
   *
   * @param arrived what is known to have arrived with nothing queued.
   * @param emptyAt when a queue that is known should be empty.
   */
  boolean isLate(long arrived, long emptyAt, long now) {
    return isMissed() && askedSent > arrived && overdue(emptyAt, now) > lateness.calm();
  }

  /** Returns how late the answer is that is missing, behind a queue that is known. */
  long overdue(long emptyAt, long now) {
    return now - Math.max(askedAt, emptyAt) - base.value();
  }

  /** Waits no more for the answer that is missing: the peer is what is slow. */
  void giveUp() {
    givenUp = asking;
  }

  boolean isGivenUp() {
    return givenUp;
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
    promptAskedAt = askedAt;
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

  long askedAt() {
    return askedAt;
  }

  /** Returns everything that was sent up to the end of the request. */
  long askedSent() {
    return askedSent;
  }

  /** Returns what was known to have arrived when it was asked. */
  long askedArrived() {
    return askedArrived;
  }

  long lastDelay() {
    return lastDelay;
  }
}
