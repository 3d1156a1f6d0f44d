// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the connections that have something to send: start-time fair queueing
 * (Goyal, Vin and Cheng, 1996), weighted, with sparse flows first as in FQ-CoDel (RFC 8290). A
 * connection has one chunk and is empty after each turn, and back within moments; deficit round
 * robin would have to remember who is only away to fetch more, virtual time need not. Who sends
 * small things only, but more than a fair share of them, gets no more than that, a little at a
 * time. Event loop only.
 */
final class FairQueue {
  /** A chunk of fewer bytes is a key stroke or a request, for whose answer somebody may wait. */
  private static final int SMALL = 1024;

  /** What a connection may be ahead of its fair share and still count as sparse, in bytes. */
  private static final int AHEAD = 16 << 10;

  /** What a message has around its payload, or a little more. */
  private static final int FRAME = 64;

  /** Virtual time per byte at weight 1, so that weights leave no rest worth speaking of. */
  private static final long SCALE = 1 << 10;

  /** Who is back within a moment or two was not away, and has lost nothing. In nanoseconds. */
  private static final long MOMENT = 10_000_000;

  /** When nobody has sent for so long, it is forgotten who sent how much. In nanoseconds. */
  private static final long REST = 1_000_000_000;

  private final KeptTurns kept;
  private final ArrayDeque<Flow> sparse = new ArrayDeque<>();
  private final PriorityQueue<Flow> bulk =
      new PriorityQueue<>(
          Comparator.<Flow>comparingLong(flow -> flow.turn).thenComparingLong(flow -> flow.ticket));
  private long virtualTime;

  /** The latest end of a turn that has been. */
  private long last;

  /** What the virtual time was a moment ago, and one or two moments ago. */
  private long recent;

  private long past;
  private long recentAt;
  private long tickets;

  FairQueue(long now) {
    recentAt = now;
    kept = new KeptTurns(now);
  }

  /** Adds a connection that has something and is not here. */
  void add(Flow flow, long now) {
    kept.back(flow);
    remember(now);
    flow.start = flow.finish < past ? virtualTime : flow.finish;
    flow.turn = flow.start;
    boolean small = flow.length() < SMALL;
    boolean ahead = flow.start - virtualTime > AHEAD * SCALE;
    flow.bulk = !small || ahead;
    if (small && ahead) {
      // All that it is ahead could be seconds on a slow link, in which nobody is answered.
      flow.turn = virtualTime + (flow.length() + FRAME) * SCALE / flow.share().weight();
    }
    if (flow.bulk) {
      flow.ticket = tickets++;
      bulk.add(flow);
    } else {
      sparse.add(flow);
    }
  }

  /** Notes that nobody waits. After a rest nobody is ahead any more: there was time for all. */
  void idle(long now) {
    if (now - recentAt >= REST) {
      virtualTime = Math.max(virtualTime, last);
    }
  }

  private void remember(long now) {
    long moments = (now - recentAt) / MOMENT;
    if (moments > 0) {
      past = moments == 1 ? recent : virtualTime;
      recent = virtualTime;
      recentAt = now;
    }
  }

  void remove(Flow flow) {
    kept.back(flow);
    if (flow.bulk) {
      bulk.remove(flow);
    } else {
      sparse.remove(flow);
    }
  }

  void clear() {
    kept.clear();
    sparse.clear();
    bulk.clear();
  }

  /** Takes out the next of those that send little. */
  @Nullable Flow pollSparse() {
    return sparse.poll();
  }

  /** Takes out the next of the others, if its turn is not kept for one that is away. */
  @Nullable Flow pollBulk(long now) {
    return kept.keeps(bulk.peek(), now) ? null : bulk.poll();
  }

  /** Notes that a connection has had its turn, and fetches the next chunk. */
  void left(Flow flow) {
    kept.left(flow);
  }

  /** Returns for how many nanoseconds the next turn is kept for one that is away, at most. */
  long keptFor(long now) {
    return kept.endOfRun(bulk.peek(), now);
  }

  /** Notes what a connection has sent in its turn. */
  void sent(Flow flow, int bytes, long now) {
    remember(now);
    if (flow.bulk) {
      // What goes ahead of its turn must not make time pass, or it could do so for ever.
      virtualTime = Math.max(virtualTime, flow.turn);
    }
    flow.finish = flow.start + bytes * SCALE / flow.share().weight();
    last = Math.max(last, flow.finish);
  }

  int size() {
    return sparse.size() + bulk.size();
  }

  boolean hasBulk() {
    return !bulk.isEmpty();
  }
}
