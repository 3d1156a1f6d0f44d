// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns that are kept for a moment for heavy connections that are away to fetch their next chunk.
 * Where the WebSocket takes everything at once, all would get the same otherwise: a chunk each time
 * that the event loop comes round. Event loop only.
 */
final class KeptTurns {
  /** For so long a turn is kept at most, in nanoseconds. */
  private static final long FETCH = 3_000_000;

  /** For so long turns are kept in a row at most, and from then on for two thirds of the time. */
  private static final long PATIENCE = 20_000_000;

  private static final long NOT_YET = Long.MAX_VALUE;

  private final List<Flow> away = new ArrayList<>();
  private long patience = PATIENCE;
  private boolean keeping;
  private long lookedAt;

  KeptTurns(long now) {
    lookedAt = now;
  }

  /** Notes that a connection has had its turn, and fetches the next chunk. */
  void left(Flow flow) {
    if (flow.filled && flow.share().weight() > 1) {
      flow.awaitedUntil = NOT_YET;
      away.add(flow);
    }
  }

  /** Notes that a connection is back, or gone for good. */
  void back(Flow flow) {
    away.remove(flow);
  }

  /** Forgets everything: another WebSocket may be long in coming. */
  void clear() {
    away.clear();
    keeping = false;
    patience = PATIENCE;
  }

  /** Returns whether the turn of a connection is kept for another, which would have come before. */
  boolean keeps(@Nullable Flow next, long now) {
    long passed = now - lookedAt;
    patience = Math.min(PATIENCE, patience + (keeping ? -passed : 2 * passed));
    lookedAt = now;
    keeping = delay(next, now) > 0;
    return keeping;
  }

  /**
   * Returns for how many nanoseconds a turn is kept at most, 0 if it is not. Called at the end of a
   * run: nothing is fetched before.
   */
  long endOfRun(@Nullable Flow next, long now) {
    for (int i = 0; i < away.size(); i++) {
      Flow flow = away.get(i);
      if (flow.awaitedUntil == NOT_YET) {
        flow.awaitedUntil = now + FETCH;
      }
    }
    return delay(next, now);
  }

  private long delay(@Nullable Flow next, long now) {
    long longest = 0;
    if (next != null && !away.isEmpty() && patience > 0) {
      away.removeIf(flow -> flow.awaitedUntil <= now);
      for (int i = 0; i < away.size(); i++) {
        Flow flow = away.get(i);
        if (flow.finish < next.turn && flow.share().weight() > next.share().weight()) {
          longest = Math.max(longest, flow.awaitedUntil - now);
        }
      }
    }
    return Math.min(longest, FETCH);
  }
}
