// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.ReceiveStatus;
import io.culvert.core.config.StreamSettings;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Bounds what waits for the local sockets of one tunnel: per connection, per tunnel and, shared
 * with the other tunnels, per process. While one of these is full the tunnel is not read; it is
 * read again as soon as a chunk is free. Event loop only.
 */
final class ReceiveBudget {
  /** What a waiting buffer costs besides its bytes: the buffer object and its place in a queue. */
  static final int OVERHEAD = 256;

  /** What a tunnel may hold however full the budget of all tunnels is, so that none starves. */
  private static final int SHARE = 256 << 10;

  private final EventExecutor loop;
  private final SharedBudget shared;
  private final Supplier<StreamSettings> settings;
  private final Consumer<Boolean> reading;
  private final Set<Delivery> holders = new LinkedHashSet<>();
  private final Runnable sharedFree = this::onSharedFree;
  private int held;
  private int fullConnections;
  private boolean paused;

  /**
   * Makes a budget.
   *
   * @param reading hears whether the tunnel is to be read.
   */
  ReceiveBudget(
      EventExecutor loop,
      SharedBudget shared,
      Supplier<StreamSettings> settings,
      Consumer<Boolean> reading) {
    this.loop = loop;
    this.shared = shared;
    this.settings = settings;
    this.reading = reading;
  }

  /** Accounts for a buffer that waits for a local socket. */
  void take(Delivery delivery, int bytes) {
    int cost = bytes + OVERHEAD;
    held += cost;
    shared.take(cost);
    if (delivery.hold(cost) == cost) {
      holders.add(delivery);
    }
    update(delivery);
  }

  /** Accounts for a buffer that was written or dropped. */
  void give(Delivery delivery, int bytes) {
    int cost = bytes + OVERHEAD;
    held -= cost;
    shared.give(cost);
    if (delivery.hold(-cost) == 0) {
      holders.remove(delivery);
    }
    update(delivery);
  }

  /** Returns whether the tunnel is not read, for whatever reason. */
  boolean isPaused() {
    return paused;
  }

  /** Returns the bytes that wait in this tunnel. */
  int held() {
    return held;
  }

  ReceiveStatus status() {
    int limit = settings.get().tunnelBudget();
    return new ReceiveStatus(held, limit, holders.size(), fullConnections, paused);
  }

  /** Returns the connections for which something waits, the longest waiting first. */
  Set<Delivery> holders() {
    return holders;
  }

  /** Returns whether a delivery is a reason for the tunnel not being read. */
  boolean isPausedFor(Delivery delivery) {
    return paused && (delivery.isFull() || isTunnelFull());
  }

  /** Ends the wait for other tunnels. */
  void close() {
    shared.forget(sharedFree);
  }

  /** Judges a delivery anew: what cannot grow any more is no reason not to read. */
  void update(Delivery delivery) {
    int limit = settings.get().connectionBudget();
    boolean full = delivery.mayGrow() && isOver(delivery.held(), limit, delivery.isFull());
    if (full != delivery.isFull()) {
      delivery.setFull(full);
      fullConnections += full ? 1 : -1;
    }
    update();
  }

  /** Judges everything anew: the limits may have changed. */
  void follow() {
    List.copyOf(holders).forEach(this::update);
    update();
  }

  private void update() {
    boolean now = fullConnections > 0 || isTunnelFull();
    if (now != paused) {
      paused = now;
      reading.accept(!now);
    }
  }

  private boolean isTunnelFull() {
    if (isOver(held, settings.get().tunnelBudget(), paused)) {
      return true;
    }
    if (held > SHARE && shared.isFull()) {
      shared.whenFree(sharedFree);
      return true;
    }
    return false;
  }

  /** What is full stays so until a chunk is free. */
  private boolean isOver(int bytes, int limit, boolean wasOver) {
    return bytes >= (wasOver ? limit - settings.get().chunkBytes() : limit);
  }

  private void onSharedFree() {
    if (!loop.isShuttingDown()) {
      loop.execute(this::update);
    }
  }
}
