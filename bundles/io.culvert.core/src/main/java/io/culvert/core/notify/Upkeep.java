// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.core.config.NotificationSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes tunnels that are too old or idle: looks when the next one may be, and not at all while
 * there is none. Safe for all threads.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration SOONEST = Duration.ofMillis(100);
  private static final Duration LATEST = Duration.ofMinutes(1);

  private final Supplier<List<NotifiedTunnel>> tunnels;
  private final Consumer<NotifiedTunnel> remove;
  private final Supplier<NotificationSettings> settings;
  private final Worker worker;
  private @Nullable Runnable cancel;
  private boolean stopped;

  /**
   * Makes one that does nothing yet.
   *
   * @param tunnels the open tunnels.
   * @param remove ends one.
   * @param settings how long they live.
   * @param worker knows the time, and runs this.
   */
  Upkeep(
      Supplier<List<NotifiedTunnel>> tunnels,
      Consumer<NotifiedTunnel> remove,
      Supplier<NotificationSettings> settings,
      Worker worker) {
    this.tunnels = tunnels;
    this.remove = remove;
    this.settings = settings;
    this.worker = worker;
  }

  /** Looks soon: there is another tunnel, or there are other settings. */
  void look() {
    worker.run(this::tick);
  }

  private void tick() {
    NotificationSettings now = settings.get();
    long time = worker.nanos();
    Duration next = LATEST;
    for (NotifiedTunnel tunnel : tunnels.get()) {
      String reason = tunnel.overdue(time, now.lifetime(), now.idleTimeout());
      if (reason != null) {
        LOG.info("{}: closed, {}", tunnel.name(), reason);
        remove.accept(tunnel);
      } else if (tunnel.hasEnded()) {
        remove.accept(tunnel);
      } else {
        next = least(next, tunnel.left(time, now.lifetime()));
      }
    }
    if (!now.idleTimeout().isZero()) {
      next = least(next, now.idleTimeout().dividedBy(8));
    }
    plan(tunnels.get().isEmpty() ? null : next.compareTo(SOONEST) < 0 ? SOONEST : next);
  }

  private synchronized void plan(@Nullable Duration next) {
    if (cancel != null) {
      cancel.run();
    }
    cancel = next == null || stopped ? null : worker.later(next, this::tick);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  synchronized void stop() {
    stopped = true;
    plan(null);
  }
}
