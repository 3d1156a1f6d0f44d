// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.wire.MessageEncoder;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A connection that brings the same chunk again and again. Owns the chunk. One thread. */
final class Repeater implements Flow.Owner, AutoCloseable {
  private static final int CHUNK = 64_512;

  private final Outbox outbox;
  private final int id;
  private final Share share = new Share();
  private final Flow flow;
  private final ByteBuf chunk;

  Repeater(Outbox outbox, int id, ByteBufAllocator allocator) {
    this.outbox = outbox;
    this.id = id;
    flow = outbox.newFlow(this);
    int head = MessageEncoder.HEADROOM;
    chunk = allocator.directBuffer(head + CHUNK + MessageEncoder.TAILROOM);
    chunk.setIndex(head, head + CHUNK);
  }

  @Override
  public TunnelMessage message(ByteBuf payload) {
    return TunnelMessage.data("SSH", 1, id, payload);
  }

  @Override
  public void emptied() {
    outbox.offer(flow, chunk.retain());
  }

  @Override
  public Share share() {
    return share;
  }

  @Override
  public void close() {
    outbox.withdraw(flow);
    chunk.release();
  }
}
