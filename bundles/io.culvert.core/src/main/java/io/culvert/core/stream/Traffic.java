// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.config.StreamSettings;
import io.culvert.core.send.Outbox;
import io.culvert.core.send.Uplink;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one tunnel share: the way out through the WebSocket, the budget for what
 * comes in, and whether the WebSocket is read at all. Event loop only.
 */
final class Traffic {
  private final StreamContext context;
  private final Outbox outbox;
  private final ReceiveBudget budget;
  private final StallWatch stallWatch;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final List<Delivery> unflushed = new ArrayList<>();
  private @Nullable Uplink uplink;

  Traffic(StreamContext context) {
    this.context = context;
    this.outbox = new Outbox(context.name(), context.loop(), allocator(), settings().send());
    this.budget =
        new ReceiveBudget(
            context.loop(), context.shared(), context.settings(), this::onBudgetChanged);
    this.stallWatch = new StallWatch(context.loop(), budget, context.settings(), this::isInTheWay);
  }

  /** Begins to send. Nothing is read before {@link #updateReading()}. */
  void up(Uplink uplink) {
    this.uplink = uplink;
    outbox.attach(uplink);
  }

  /** Ends the connections that the peer knew of; the others still deliver what they have. */
  void down() {
    uplink = null;
    outbox.detach();
    for (Connection connection : List.copyOf(connections)) {
      if (connection.isLive()) {
        connection.abort();
      }
    }
  }

  void close() {
    List.copyOf(connections).forEach(Connection::abort);
    stallWatch.stop();
    budget.close();
  }

  /** Sends more, now that the WebSocket is writable again. */
  void writable() {
    outbox.pump();
    updateReading();
  }

  /** Hands what a burst of messages has brought to the local sockets. */
  void receiveComplete() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
    if (outbox.isFlooded()) {
      updateReading();
    }
  }

  /** The settings may have changed. */
  void follow() {
    budget.follow();
    outbox.follow(settings().send());
  }

  private void onBudgetChanged(boolean reading) {
    updateReading();
    if (!reading) {
      stallWatch.start();
    }
  }

  /** Reads the WebSocket, or not, as the budget says. */
  void updateReading() {
    if (uplink != null) {
      uplink.setReading(!budget.isPaused() && !outbox.isFlooded());
    }
  }

  void add(Connection connection) {
    connections.add(connection);
  }

  void remove(Connection connection) {
    connections.remove(connection);
  }

  /**
   * What the peer has ended is in the way of whoever comes; a live connection, of other live ones.
   */
  private boolean isInTheWay(Delivery delivery) {
    return !delivery.mayGrow()
        || connections.stream().filter(Connection::isLive).limit(2).count() > 1;
  }

  /** Returns whether the tunnel has all the connections that it may have. */
  boolean isFull() {
    return connections.size() >= settings().maxConnections();
  }

  /**
   * Makes room for one more connection. A client that closes its connection looks like one that
   * only has finished sending and waits for an answer; of these, the one goes that has waited
   * longest. But first one that is told the end and has not closed yet, and then one that the peer
   * has ended and that has taken nothing for the stall time-out.
   *
   * @return whether there is room.
   */
  boolean makeRoom() {
    if (isFull()) {
      connections.stream()
          .filter(Connection::isSpare)
          .min(
              Comparator.comparing(Connection::isHalfClosed)
                  .thenComparing(Connection::isDraining)
                  .thenComparingLong(Connection::lastActivity))
          .ifPresent(Connection::giveWay);
    }
    return !isFull();
  }

  /** Flushes a delivery with the end of the burst of messages. */
  void flushLater(Delivery delivery) {
    unflushed.add(delivery);
  }

  /** Returns the tunnel's name, for log lines. */
  String name() {
    return context.name();
  }

  Outbox outbox() {
    return outbox;
  }

  ReceiveBudget budget() {
    return budget;
  }

  StreamSettings settings() {
    return context.settings().get();
  }

  EventLoop loop() {
    return context.loop();
  }

  ByteBufAllocator allocator() {
    return context.transport().allocator();
  }

  /** Returns the time on the event loop's clock, in nanoseconds. */
  long now() {
    return loop().ticker().nanoTime();
  }
}
