// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.send.Flow;
import io.culvert.core.send.Share;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one local socket brings for the tunnel: a chunk at a time, the next one when that is on its
 * way, and the end behind the last one. Event loop only.
 */
final class Pickup extends ChannelInboundHandlerAdapter implements Flow.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(Pickup.class);

  private final Traffic traffic;
  private final Connection connection;
  private final ServiceStream stream;
  private final Flow flow;
  private @Nullable Channel socket;
  private boolean stopped;
  private boolean ended;
  private boolean failed;

  /**
   * Makes one that waits for its socket.
   *
   * @param connection hears when the local end has finished, or is gone.
   * @param stream counts what is sent, and makes messages of it.
   */
  Pickup(Traffic traffic, Connection connection, ServiceStream stream) {
    this.traffic = traffic;
    this.connection = connection;
    this.stream = stream;
    this.flow = traffic.outbox().newFlow(this);
  }

  Flow flow() {
    return flow;
  }

  /** Listens to a socket; the first chunk is for the caller to read. */
  void open(Channel channel) {
    socket = channel;
    channel.pipeline().addLast("pickup", this);
    ChunkReader.follow(channel, traffic.outbox()::waiting);
  }

  /** Drops what is not on its way, and from now on all that still comes. */
  void stop() {
    stopped = true;
    traffic.outbox().withdraw(flow);
  }

  /** Returns whether the local end sends nothing more. */
  boolean isEnded() {
    return ended;
  }

  // --- from the local socket ---

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!stopped && bytes.isReadable()) {
      traffic.outbox().offer(flow, bytes);
    } else {
      bytes.release();
      ctx.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      if (flow.isEmpty()) {
        connection.inputFinished();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!flow.isEmpty() && !failed) {
      // A channel that cannot be half closed has ended, but what it sent before is still here.
      ended = true;
    } else {
      connection.socketClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: {}: {}", traffic.name(), connection, cause.toString());
    failed = true;
    ctx.close();
  }

  // --- to the tunnel ---

  @Override
  public TunnelMessage message(ByteBuf payload) {
    stream.sent(payload.readableBytes());
    return stream.data(connection.id(), payload);
  }

  @Override
  public Share share() {
    return stream.share();
  }

  @Override
  public void emptied() {
    if (ended) {
      connection.inputFinished();
    } else if (socket != null) {
      socket.read();
    }
  }
}
