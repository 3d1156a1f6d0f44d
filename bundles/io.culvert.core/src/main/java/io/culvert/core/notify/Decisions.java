// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts decisions, and tells the log and a listener of them: of those that open nothing only some
 * per minute, as they may come from somebody who has many. Safe for all threads.
 */
final class Decisions {
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  /** So many are told in a minute. */
  static final int MAX_TOLD = 10;

  static final Duration MINUTE = Duration.ofMinutes(1);

  private final Worker worker;
  private final Map<NotificationDecision, Long> counts = new EnumMap<>(NotificationDecision.class);
  private volatile @Nullable NotificationListener listener;
  private @Nullable Instant last;
  private @Nullable NotificationDecision lastDecision;
  private long minute;
  private int told;
  private long untold;

  Decisions(Worker worker) {
    this.worker = worker;
    this.minute = worker.nanos();
  }

  /** Takes who is to hear of decisions, null for nobody. */
  void listener(@Nullable NotificationListener next) {
    listener = next;
  }

  /** Returns who hears of decisions. */
  @Nullable NotificationListener listener() {
    return listener;
  }

  /**
   * Takes a decision.
   *
   * @param decision what was decided.
   * @param source who delivered the notification, fit for the log.
   * @param reason what there is to say besides, likewise; empty for nothing.
   * @param tunnel the tunnel that is being opened, if one is.
   */
  void take(NotificationDecision decision, String source, String reason, @Nullable String tunnel) {
    long before = note(decision);
    if (before < 0) {
      return;
    }
    String line =
        "The notification from "
            + source
            + " "
            + decision.words()
            + (tunnel == null ? "" : " " + tunnel)
            + (reason.isEmpty() ? "" : ": " + reason)
            + (before == 0 ? "" : "; before it " + before + " came of which nothing is said");
    switch (decision) {
      case OPENED, DUPLICATE, DISABLED -> LOG.info("{}", line);
      default -> LOG.warn("{}", line);
    }
    NotificationListener hears = listener;
    if (hears != null) {
      try {
        hears.decided(decision, source, reason, tunnel);
      } catch (RuntimeException e) {
        LOG.error("A notification listener failed", e);
      }
    }
  }

  /** Counts a decision; returns how many were not told before it, -1 if it is not to be told. */
  private synchronized long note(NotificationDecision decision) {
    counts.merge(decision, 1L, Long::sum);
    last = worker.now();
    lastDecision = decision;
    long now = worker.nanos();
    if (now - minute >= MINUTE.toNanos()) {
      minute = now;
      told = 0;
    }
    if (decision != NotificationDecision.OPENED && ++told > MAX_TOLD) {
      untold++;
      return -1;
    }
    long before = untold;
    untold = 0;
    return before;
  }

  /** Returns what was decided so far. */
  synchronized NotificationStatus status(List<String> tunnels) {
    return new NotificationStatus(counts, last, lastDecision, tunnels);
  }
}
