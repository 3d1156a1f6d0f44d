// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps what arrives behind the 101 answer until the link's owner first reads, then hands it on and
 * removes itself. Bounded by what one read from the socket brings, because reading is off. All on
 * the event loop; owns the buffers until it hands them on.
 */
final class HeldBytes extends ChannelDuplexHandler {
  static final String NAME = "culvert-held-bytes";

  private final Deque<ByteBuf> held = new ArrayDeque<>();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    held.add((ByteBuf) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nobody has seen a read yet.
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    boolean delivered = deliver(ctx);
    // What was held answers a single read; the decoder asks again if it was not a whole frame.
    if (!delivered || ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deliver(ctx);
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    for (ByteBuf bytes = held.poll(); bytes != null; bytes = held.poll()) {
      bytes.release();
    }
  }

  private boolean deliver(ChannelHandlerContext ctx) {
    Deque<ByteBuf> bytes = new ArrayDeque<>(held);
    held.clear();
    ctx.pipeline().remove(this);
    if (bytes.isEmpty()) {
      return false;
    }
    bytes.forEach(ctx::fireChannelRead);
    ctx.fireChannelReadComplete();
    return true;
  }
}
