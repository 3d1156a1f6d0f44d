// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.TunnelMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Decides what goes to the WebSocket next: control messages first, then one chunk of each
 * connection in turn, and only while the WebSocket is writable. Event loop only.
 */
final class Outbox {
  /** Control messages that may wait before the tunnel stops reading what provokes them. */
  static final int CONTROL_LIMIT = 4096;

  private final ArrayDeque<TunnelMessage> control = new ArrayDeque<>();
  private final ArrayDeque<Connection> ready = new ArrayDeque<>();
  private @Nullable Uplink uplink;
  private boolean pumping;

  /** Starts sending; what waited for an earlier WebSocket is gone. */
  void attach(Uplink uplink) {
    this.uplink = uplink;
  }

  /** Stops sending and forgets what waits. Connections keep, and release, their own chunks. */
  void detach() {
    uplink = null;
    control.clear();
    ready.clear();
  }

  /** Sends a message that carries no payload, before any payload that waits. */
  void control(TunnelMessage message) {
    if (uplink != null) {
      control.add(message);
      pump();
    }
  }

  /** Takes the connection's chunk when its turn comes. */
  void offer(Connection connection) {
    if (uplink != null) {
      ready.add(connection);
      pump();
    }
  }

  /** Forgets a connection that has no chunk any more. */
  void withdraw(Connection connection) {
    ready.remove(connection);
  }

  /** Returns how many connections wait with a chunk. */
  int waiting() {
    return ready.size();
  }

  /** Returns whether so many control messages wait that no more should be provoked. */
  boolean isFlooded() {
    return control.size() > CONTROL_LIMIT;
  }

  /** Sends as much as the WebSocket takes; called whenever it becomes writable. */
  void pump() {
    Uplink up = uplink;
    if (pumping || up == null) {
      return;
    }
    pumping = true;
    boolean wrote = false;
    try {
      while (uplink == up && up.isWritable()) {
        TunnelMessage message = control.poll();
        if (message != null) {
          up.write(message);
        } else {
          Connection connection = ready.poll();
          if (connection == null) {
            break;
          }
          up.write(connection.takeChunk());
          connection.chunkSent();
        }
        wrote = true;
      }
    } finally {
      pumping = false;
    }
    if (wrote) {
      up.flush();
    }
  }
}
