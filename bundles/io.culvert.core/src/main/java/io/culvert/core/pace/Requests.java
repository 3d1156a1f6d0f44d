// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What was asked on a connection and is not answered yet. Who does not wait for an answer has
 * several requests on their way, and those that arrive together may be answered together. Where
 * answers are echoes their bytes tell which request they are for; otherwise each is taken for one.
 */
final class Requests {
  /** Of more than so many only the bytes are counted. */
  private static final int MOST = 256;

  /** With more than so many on their way it is not clear which one an answer is for. */
  private static final int MANY = 9;

  /** After so many answers that end where a request does, answers are echoes. */
  private static final int SURE = 4;

  private static final int MOST_SURE = 2 * SURE;

  /** After so many answers in a row that came sooner than they can it takes less long by now. */
  private static final int SOONER = 9;

  private final ArrayDeque<Request> missing = new ArrayDeque<>();
  private long asked;
  private long echoed;
  private int sure;

  /** How many answers in a row came sooner than they can. */
  private int soon;

  /**
   * A request.
   *
   * @param at when it was sent.
   * @param sent everything that was sent, up to the end of it.
   * @param arrived what of that was known to have arrived by then.
   * @param start the bytes of all requests before it.
   * @param end the bytes of all requests up to the end of it.
   */
  record Request(long at, long sent, long arrived, long start, long end) {}

  /** Takes note of one that was sent. */
  void add(int payload, long sent, long arrived, long now) {
    if (missing.size() < MOST) {
      missing.add(new Request(now, sent, arrived, asked, asked + payload));
    }
    asked += payload;
  }

  /** Forgets all. */
  void clear() {
    missing.clear();
    echoed = asked;
    soon = 0;
  }

  /** Forgets the oldest ones, which are never answered. */
  void drop(int oldest) {
    for (int i = 0; i < oldest; i++) {
      remove();
    }
  }

  /** Forgets those that have arrived, of everything that was sent. */
  void dropArrived(long arrived) {
    while (!missing.isEmpty() && missing.element().sent <= arrived) {
      remove();
    }
  }

  /** Forgets those that were asked before a time. */
  void dropBefore(long time) {
    while (!missing.isEmpty() && missing.element().at < time) {
      remove();
    }
  }

  private Request remove() {
    Request first = missing.remove();
    echoed = first.end;
    return first;
  }

  int count() {
    return missing.size();
  }

  /** Returns the one that has been missing longest, null if none is. */
  @Nullable Request first() {
    return missing.peekFirst();
  }

  /** Returns the one that was asked last, null if none is missing. */
  @Nullable Request last() {
    return missing.peekLast();
  }

  /**
   * Takes off what is answered.
   *
   * @param payload the bytes of the answer.
   * @param until what was asked later cannot be answered yet, if more than one is missing.
   * @return the last that is answered, null if it is none, or not clear.
   */
  @Nullable Request take(int payload, long until) {
    int count = missing.size();
    if (count == 0) {
      echoed = asked;
      return null;
    }
    if (count > 1 && missing.element().at > until) {
      if (++soon >= SOONER) {
        clear();
      }
      return null;
    }
    soon = 0;
    long end = echoed + payload;
    if (sure >= SURE && end <= missing.element().start) {
      echoed = end;
      return null;
    }
    boolean whole = sure == 0 ? missing.element().end == end : endsRequest(end);
    boolean echo = sure >= SURE || sure > 0 && whole;
    learn(whole);
    if (echo && count > 1) {
      return takeEchoed(end, until);
    }
    Request first = remove();
    return count <= MANY ? first : null;
  }

  /** Takes note of whether an answer may be an echo. */
  private void learn(boolean whole) {
    if (whole) {
      sure = Math.min(MOST_SURE, sure + 1);
    } else {
      sure = sure >= SURE ? sure - 1 : 0;
    }
  }

  private boolean endsRequest(long end) {
    for (Request request : missing) {
      if (request.end >= end) {
        return request.end == end;
      }
    }
    return false;
  }

  private @Nullable Request takeEchoed(long end, long until) {
    Request answered = null;
    while (!missing.isEmpty() && missing.element().end <= end && missing.element().at <= until) {
      answered = remove();
    }
    Request next = missing.peekFirst();
    if (next == null) {
      echoed = Math.min(end, asked);
    } else {
      echoed = next.at <= until ? end : Math.min(end, next.start);
    }
    return answered;
  }
}
