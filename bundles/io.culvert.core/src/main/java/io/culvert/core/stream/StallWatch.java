// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.config.StreamSettings;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Resets a connection that makes no progress for the stall time-out, counted only while the tunnel
 * is not read because of it and other connections are open. A lone connection may be slow for ever.
 * Event loop only.
 */
final class StallWatch {
  private static final int TICKS = 60;

  private final EventExecutor loop;
  private final ReceiveBudget budget;
  private final Supplier<StreamSettings> settings;
  private final Predicate<Delivery> inTheWay;
  private @Nullable Future<?> timer;
  private long lastTick;

  /**
   * Makes a watch.
   *
   * @param inTheWay tells whether somebody else waits while a delivery is not taken.
   */
  StallWatch(
      EventExecutor loop,
      ReceiveBudget budget,
      Supplier<StreamSettings> settings,
      Predicate<Delivery> inTheWay) {
    this.loop = loop;
    this.budget = budget;
    this.settings = settings;
    this.inTheWay = inTheWay;
  }

  /** Begins to watch; called when reading pauses. Ends by itself when reading goes on. */
  void start() {
    if (timer == null) {
      lastTick = loop.ticker().nanoTime();
      schedule();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule() {
    long period = Math.max(1, settings.get().stallTimeout().toMillis() / TICKS);
    timer = loop.schedule(this::tick, period, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    timer = null;
    long now = loop.ticker().nanoTime();
    long elapsed = now - lastTick;
    lastTick = now;
    long limit = settings.get().stallTimeout().toNanos();
    Delivery stalled = null;
    for (Delivery delivery : budget.holders()) {
      boolean blames = inTheWay.test(delivery) && budget.isPausedFor(delivery);
      if (delivery.blockedFor(blames ? elapsed : 0) >= limit && stalled == null) {
        stalled = delivery;
      }
    }
    if (stalled != null) {
      // One at a time: with it gone another one may be alone, or not hold up anybody.
      stalled.stalled();
    }
    if (budget.isPaused()) {
      schedule();
    }
  }
}
