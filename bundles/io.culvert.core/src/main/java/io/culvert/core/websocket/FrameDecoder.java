// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of a service apart as their bytes come. The payload of binary messages goes on
 * at once, as slices of what was read and without regard to frames; ping, pong and close as Netty's
 * frames, when they are complete. What is not allowed goes on as a {@link
 * ProtocolViolationException}; behind it, and behind a close frame, nothing is read any more.
 *
 * <p>Event loop only. Releases what it takes; holds no buffer but of an incomplete control frame.
 */
final class FrameDecoder extends ChannelInboundHandlerAdapter {
  private final FrameHeader header;

  /** Payload bytes of the current frame that have not come yet. */
  private int missing;

  private @Nullable ByteBuf control;
  private boolean delivered;
  private boolean ended;

  /**
   * Makes a decoder at the beginning of a stream.
   *
   * @param maxPayload the longest payload of a frame to accept.
   */
  FrameDecoder(int maxPayload) {
    this.header = new FrameHeader(maxPayload);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message)
      throws ProtocolViolationException {
    ByteBuf in = (ByteBuf) message;
    try {
      while (!ended && in.isReadable()) {
        if (missing > 0) {
          payload(ctx, in);
        } else if (header.read(in)) {
          begin(ctx);
        }
      }
    } catch (ProtocolViolationException e) {
      end();
      throw e;
    } finally {
      in.release();
    }
  }

  private void begin(ChannelHandlerContext ctx) throws ProtocolViolationException {
    missing = header.length();
    if (header.isControl()) {
      control = missing == 0 ? Unpooled.EMPTY_BUFFER : ctx.alloc().buffer(missing, missing);
      if (missing == 0) {
        control(ctx, control);
      }
    }
  }

  private void payload(ChannelHandlerContext ctx, ByteBuf in) throws ProtocolViolationException {
    int length = Math.min(missing, in.readableBytes());
    missing -= length;
    ByteBuf content = control;
    if (content == null) {
      deliver(ctx, in.readRetainedSlice(length));
    } else {
      content.writeBytes(in, length);
      if (missing == 0) {
        control(ctx, content);
      }
    }
  }

  private void control(ChannelHandlerContext ctx, ByteBuf content)
      throws ProtocolViolationException {
    WebSocketFrame frame =
        switch (header.opcode()) {
          case FrameHeader.PING -> new PingWebSocketFrame(content);
          case FrameHeader.PONG -> new PongWebSocketFrame(content);
          default -> {
            checkClose(content);
            ended = true;
            yield new CloseWebSocketFrame(true, 0, content);
          }
        };
    control = null;
    deliver(ctx, frame);
  }

  private void deliver(ChannelHandlerContext ctx, Object message) {
    delivered = true;
    ctx.fireChannelRead(message);
  }

  private static void checkClose(ByteBuf content) throws ProtocolViolationException {
    if (!content.isReadable()) {
      return;
    }
    int start = content.readerIndex();
    int length = content.readableBytes();
    if (length < Short.BYTES) {
      throw new ProtocolViolationException("close frame with half a status code");
    }
    int code = content.getUnsignedShort(start);
    if (!WebSocketCloseStatus.isValidStatusCode(code)) {
      throw new ProtocolViolationException("close frame with the status code " + code);
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(content.nioBuffer(start + Short.BYTES, length - Short.BYTES));
    } catch (CharacterCodingException e) {
      throw new ProtocolViolationException("close frame whose reason is not UTF-8");
    }
  }

  /** Whoever asked for a single read gets a message for it. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    boolean unanswered = !delivered && !ended && !ctx.channel().config().isAutoRead();
    delivered = false;
    ctx.fireChannelReadComplete();
    if (unanswered) {
      ctx.read();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }

  private void end() {
    ended = true;
    if (control != null) {
      control.release();
      control = null;
    }
  }
}
