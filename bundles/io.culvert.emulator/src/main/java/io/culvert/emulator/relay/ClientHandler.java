// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.emulator.rules.MessageRules;
import io.culvert.wire.FrameSplitter;
import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the WebSocket frames of one client into tunnel frames for the relay. Everything that breaks
 * a rule comes together in {@link ClientListener#violated}. Confined to the event loop.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {
  static final String NAME = "client";
  private static final int MAX_MESSAGE = MessageRules.MAX_WEBSOCKET_PAYLOAD;

  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  private final Client client;
  private final ClientListener listener;
  private final FrameSplitter splitter;
  private int messageBytes;

  ClientHandler(Client client, ClientListener listener, FrameSplitter splitter) {
    this.client = client;
    this.listener = listener;
    this.splitter = splitter;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (client.isClosing()) {
      ReferenceCountUtil.release(message);
      if (message instanceof CloseWebSocketFrame) {
        ctx.close();
      }
      return;
    }
    if (message instanceof CloseWebSocketFrame close) {
      client.closeByClient(close);
      return;
    }
    if (message instanceof PingWebSocketFrame ping) {
      if (listener.pinged()) {
        client.writeNow(new PongWebSocketFrame(ping.content()));
      } else {
        ping.release();
      }
      return;
    }
    if (message instanceof PongWebSocketFrame pong) {
      pong.release();
      return;
    }
    receive((WebSocketFrame) message);
  }

  private void receive(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    messageBytes += content.readableBytes();
    boolean tooLong = messageBytes > MAX_MESSAGE;
    if (frame.isFinalFragment()) {
      messageBytes = 0;
    }
    if (tooLong || frame instanceof TextWebSocketFrame) {
      content.release();
      listener.violated(tooLong ? tooLong() : "text message");
      return;
    }
    try {
      splitter.split(content, listener::received);
    } catch (ProtocolViolationException e) {
      listener.violated(e.getMessage());
    }
  }

  private static String tooLong() {
    return "WebSocket payload over " + MAX_MESSAGE + " bytes";
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    listener.receivedAll();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      listener.writable();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!client.isClosing() && cause instanceof CorruptedWebSocketFrameException corrupt) {
      boolean tooLong = WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(corrupt.closeStatus());
      listener.violated(tooLong ? tooLong() : "malformed WebSocket frame: " + cause.getMessage());
      return;
    }
    LOG.debug("Connection {} failed", ctx.channel().remoteAddress(), cause);
    client.cut();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    splitter.close();
    listener.gone();
  }
}
