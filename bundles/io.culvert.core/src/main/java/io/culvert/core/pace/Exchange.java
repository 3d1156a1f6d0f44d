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

  /** Answers as near to the soonest as that are not given when something has arrived. */
  private static final long PINNED = 1500_000;

  private static final long NOT_YET = Long.MAX_VALUE;

  private final Pacer pacer;
  private final BaseFilter base = new BaseFilter();
  private final Noise noise = new Noise();
  private final Suspicion suspicion = new Suspicion();
  private final Regularity regularity;
  private boolean asking;
  private long askedAt;
  private long askedSent;
  private long askedArrived;
  private int following;
  private int unanswered;
  private int earlier;
  private int fewest = Integer.MAX_VALUE;
  private int round;
  private int answers;
  private long lastDelay;
  private long lastSent;
  private long lastReceived;
  private int pushed;
  private double pinned;
  private long overtakenAt = NOT_YET;
  private boolean givenUp;

  Exchange(Pacer pacer, double regular) {
    this.pacer = pacer;
    regularity = new Regularity(regular);
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
      overtakenAt = NOT_YET;
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
        answers++;
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

  /** Returns whether an answer is missing that would tell something. */
  boolean isMissed() {
    return asking && !givenUp && !isOvertaken() && isTrusted();
  }

  /** Returns whether the next data is the answer, and enough answers were seen to miss it. */
  boolean canBeMissed() {
    return asking && earlier == 0 && answers >= 3 && base.isKnown() && regularity.isHigh();
  }

  /** Three answers are needed before one can be overdue again. */
  void missed() {
    if (answers == 0) {
      // Nobody answers here.
      noise.atLeast(Nanos.SECOND);
    }
    answers = 0;
  }

  /** Waits no more for the answer that is missing: the peer is what is slow. */
  void giveUp() {
    givenUp = asking;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  /** Takes note of all that is known to have arrived, perhaps also what was asked here. */
  void arrived(long sent, long now) {
    if (asking && sent >= askedSent && overtakenAt == NOT_YET) {
      overtakenAt = now;
    }
  }

  /** Returns whether so much comes of itself that what looks like an answer may be none. */
  boolean isPushed() {
    return pushed > 8;
  }

  /** Returns whether what was asked has arrived, as what was asked elsewhere later was answered. */
  boolean isOvertaken() {
    return overtakenAt != NOT_YET;
  }

  /** Returns whether the last answer came late although the request had arrived in time. */
  boolean tookItsTime() {
    return isOvertaken()
        && base.isKnown()
        && askedAt + lastDelay - overtakenAt > base.value() + noise.calm();
  }

  /** Takes note of how much longer than usual the last answer took. */
  void took(long queue) {
    pinned += ((queue < PINNED ? 1 : 0) - pinned) / 16;
  }

  /** Takes note of how much longer than usual it took besides what was known to be queued. */
  void waited(long queue) {
    regularity.add(queue);
    pacer.answered(regularity.part());
  }

  /** Returns up to which delay nothing is queued. */
  long calm() {
    return isPinned() ? noise.calm() / 3 : noise.calm();
  }

  /** Returns whether the peer waits for something else than our answer, which hides a queue. */
  boolean isPinned() {
    return pinned > 0.7 && base.isKnown() && base.value() > 5 * Nanos.MILLI;
  }

  /** Returns whether it hides more than matters. */
  boolean isVague() {
    return isPinned() && base.value() > 60 * Nanos.MILLI;
  }

  /** Returns whether late answers are believed to tell of queues. */
  boolean isTrusted() {
    return regularity.isEnough() && !noise.isLoud();
  }

  /** Returns whether something was answered since then. */
  boolean wasAnsweredSince(long time) {
    return lastReceived > time && base.isKnown();
  }

  BaseFilter base() {
    return base;
  }

  Noise noise() {
    return noise;
  }

  Suspicion suspicion() {
    return suspicion;
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
