// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.core.pace.Exchange;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * What one connection has for the tunnel: one chunk, or two when a socket in error was emptied, and
 * its place among the others. Owns the chunks. Event loop only.
 */
public final class Flow {
  private final Owner owner;
  private final ArrayDeque<ByteBuf> chunks = new ArrayDeque<>(1);

  private final Exchange exchange;

  /** Whether it waits for a turn among bulk, or waited for the one that it has. */
  boolean bulk;

  /** Whether its last chunk filled its buffer: there is more where that comes from. */
  boolean filled;

  /** When a fair turn of the connection begins, in virtual time. */
  long start;

  /** When it has its turn among bulk: sooner if it has little to send. */
  long turn;

  /** When the turn after it can begin; long ago until the first one. */
  long finish = Long.MIN_VALUE;

  /** Until when the turn of another is kept for the connection's next chunk. */
  long awaitedUntil;

  /** Who came first is first among those whose turns begin together. */
  long ticket;

  Flow(Owner owner, Exchange exchange) {
    this.owner = owner;
    this.exchange = exchange;
  }

  /** The connection that a flow belongs to. */
  public interface Owner {
    /**
     * Makes a message of a payload that is sent now.
     *
     * @param payload what is sent; taken over.
     * @return the message.
     */
    TunnelMessage message(ByteBuf payload);

    /** Goes on after its last chunk is on its way. */
    void emptied();

    /**
     * Tells what part of the tunnel the connection gets beside others.
     *
     * @return its service's share.
     */
    Share share();
  }

  /** Returns what was asked on the connection and is not answered yet. */
  Exchange exchange() {
    return exchange;
  }

  Share share() {
    return owner.share();
  }

  TunnelMessage message(ByteBuf payload) {
    return owner.message(payload);
  }

  void emptied() {
    owner.emptied();
  }

  /**
   * Tells whether it has nothing to send.
   *
   * @return whether all chunks are on their way.
   */
  public boolean isEmpty() {
    return chunks.isEmpty();
  }

  /**
   * Returns how many chunks it has.
   *
   * @return mostly one, two if a socket in error was emptied.
   */
  public int chunks() {
    return chunks.size();
  }

  /** Returns the bytes of its chunk, which there must be. */
  int length() {
    return chunks.element().readableBytes();
  }

  void add(ByteBuf chunk) {
    filled = !chunk.isWritable();
    chunks.add(chunk);
  }

  /**
   * Takes its chunk, or the beginning of it. A part is copied: the fields of its message are
   * written around it, where the rest would be.
   */
  ByteBuf take(int most, ByteBufAllocator allocator) {
    ByteBuf chunk = chunks.element();
    if (chunk.readableBytes() <= most) {
      return chunks.remove();
    }
    int head = MessageEncoder.HEADROOM;
    ByteBuf part = allocator.ioBuffer(head + most + MessageEncoder.TAILROOM);
    return part.setIndex(head, head).writeBytes(chunk, most);
  }

  void discard() {
    chunks.forEach(ByteBuf::release);
    chunks.clear();
    exchange.close();
  }
}
