// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the pipeline during an attempt: releases what arrives after a step has failed and swallows
 * errors that the step's future has reported already, so that nothing of them gets into a log.
 */
final class QuietTail extends ChannelInboundHandlerAdapter {
  static final String NAME = "culvert-attempt";

  private static final Logger LOG = LoggerFactory.getLogger(QuietTail.class);

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // No message: that of a codec can quote what was received.
    LOG.debug("{}: closing after {}", ctx.channel().id(), cause.getClass().getName());
    ctx.close();
  }
}
