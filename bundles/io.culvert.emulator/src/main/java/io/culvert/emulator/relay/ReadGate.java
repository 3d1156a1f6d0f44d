// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.netty.channel.Channel;
import java.util.EnumSet;
import java.util.Set;

/** Reads from a socket as long as nothing speaks against it. Confined to the event loop. */
final class ReadGate {
  /** Why the socket is not read. */
  enum Reason {
    /** The queue of the other end is full. */
    OTHER_END_FULL,
    /** A stall was asked for. */
    STALLED,
    /** The connection is to look dead. */
    LOST
  }

  private final Channel channel;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  ReadGate(Channel channel) {
    this.channel = channel;
  }

  void close(Reason reason) {
    reasons.add(reason);
    channel.config().setAutoRead(false);
  }

  void open(Reason reason) {
    if (reasons.remove(reason) && reasons.isEmpty()) {
      channel.config().setAutoRead(true);
    }
  }

  boolean isClosedFor(Reason reason) {
    return reasons.contains(reason);
  }

  /** Reads again, whatever the reasons were. */
  void openForGood() {
    reasons.clear();
    channel.config().setAutoRead(true);
  }
}
