// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the connections that have something to send: start-time fair queueing
 * (Goyal, Vin and Cheng, 1996), weighted, with sparse flows first as in FQ-CoDel (RFC 8290). A
 * connection has one chunk and is empty after each turn, and back within moments; deficit round
 * robin would have to remember who is only away to fetch more, virtual time need not. Event loop
 * only.
 */
final class FairQueue {
  /** A chunk of fewer bytes is a key stroke or a request, for whose answer somebody may wait. */
  private static final int SMALL = 1024;

  /** What a connection may be ahead of its fair share and still count as sparse, in bytes. */
  private static final int AHEAD = 16 << 10;

  /** Virtual time per byte at weight 1, so that weights leave no rest worth speaking of. */
  private static final long SCALE = 1 << 16;

  /** Heavy connections that have had a turn and are away to fetch the next chunk. */
  private final List<Flow> away = new ArrayList<>();

  private final ArrayDeque<Flow> sparse = new ArrayDeque<>();
  private final PriorityQueue<Flow> bulk =
      new PriorityQueue<>(
          Comparator.<Flow>comparingLong(flow -> flow.start)
              .thenComparingLong(flow -> flow.ticket));
  private long virtualTime;
  private long tickets;

  /** Adds a connection that has something and is not here. */
  void add(Flow flow) {
    away.remove(flow);
    flow.start = Math.max(virtualTime, flow.finish);
    flow.bulk = flow.length() >= SMALL || flow.start - virtualTime > AHEAD * SCALE;
    if (flow.bulk) {
      flow.ticket = tickets++;
      bulk.add(flow);
    } else {
      sparse.add(flow);
    }
  }

  void remove(Flow flow) {
    away.remove(flow);
    if (flow.bulk) {
      bulk.remove(flow);
    } else {
      sparse.remove(flow);
    }
  }

  void clear() {
    away.clear();
    sparse.clear();
    bulk.clear();
  }

  /** Takes out the next of those that send little. */
  @Nullable Flow pollSparse() {
    return sparse.poll();
  }

  /** Takes out the next of the others, if it must not wait for one that is away. */
  @Nullable Flow pollBulk() {
    return isWaiting() ? null : bulk.poll();
  }

  /**
   * Returns whether the next turn would be of one that is away, and will be back in a moment. Where
   * the WebSocket takes everything at once, all would get the same otherwise: a chunk each time
   * that the event loop comes round.
   */
  boolean isWaiting() {
    Flow next = bulk.peek();
    if (next != null) {
      for (int i = 0; i < away.size(); i++) {
        if (away.get(i).finish < next.start) {
          return true;
        }
      }
    }
    return false;
  }

  /** Waits no more for those that are not back. */
  void goOn() {
    away.clear();
  }

  /** Notes that a connection has had its turn, and fetches the next chunk. */
  void left(Flow flow) {
    if (flow.bulk && flow.share().weight() > 1) {
      away.add(flow);
    }
  }

  /** Notes what a connection has sent in its turn. */
  void sent(Flow flow, int bytes) {
    if (flow.bulk) {
      // What goes ahead of its turn must not make time pass, or it could do so for ever.
      virtualTime = Math.max(virtualTime, flow.start);
    }
    flow.finish = flow.start + bytes * SCALE / flow.share().weight();
  }

  int size() {
    return sparse.size() + bulk.size();
  }

  boolean hasBulk() {
    return !bulk.isEmpty();
  }
}
