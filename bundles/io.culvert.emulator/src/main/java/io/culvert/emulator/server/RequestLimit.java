// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts the bytes of a handshake request before they are parsed. A client has nothing to send
 * behind its request until it is answered, so all bytes are of the request. From the byte that is
 * too much on, nothing is passed on. Confined to the event loop.
 */
final class RequestLimit extends ChannelInboundHandlerAdapter {
  static final String NAME = "request-limit";
  static final int MAX_BYTES = 4096;

  /** The request is too long; fired once as a user event. */
  static final Object EXCEEDED = new Object();

  private int bytes;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf part = (ByteBuf) message;
    boolean before = bytes > MAX_BYTES;
    bytes += Math.min(part.readableBytes(), MAX_BYTES + 1);
    if (bytes <= MAX_BYTES) {
      ctx.fireChannelRead(part);
      return;
    }
    bytes = MAX_BYTES + 1;
    part.release();
    if (!before) {
      ctx.fireUserEventTriggered(EXCEEDED);
    }
  }
}
