// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.config.Printable;
import io.culvert.core.net.Failures;
import io.culvert.core.send.Uplink;
import io.culvert.wire.FrameSplitter;
import io.culvert.wire.MessageDecoder;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.ProtocolViolationException;
import io.culvert.wire.TunnelMessage;
import io.culvert.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that is up: its payload becomes messages, messages its payload, pings tell whether it
 * is alive. Event loop only; owns the channel.
 */
public final class WebSocketLink extends ChannelInboundHandlerAdapter implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketLink.class);

  /** The longest text of others in a failure, in characters. */
  private static final int SHOWN = 200;

  private final Channel channel;
  private final Printable printable;
  private final LinkListener listener;
  private final FrameSplitter splitter;
  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);
  private final MessageEncoder encoder = new MessageEncoder();
  private final Heartbeat heartbeat;
  private byte @Nullable [] owedPong;
  private int unsentLimit;
  private boolean lost;

  /** Whether somebody sends, and has to find everything unchanged when that returns. */
  private boolean sending;

  /** A service id that holds no secret. */
  private String harmless = "";

  private WebSocketLink(
      Channel channel, Printable printable, Duration pingPeriod, LinkListener listener) {
    this.channel = channel;
    this.printable = printable;
    this.listener = listener;
    this.splitter = new FrameSplitter(channel.alloc(), WireLimits.DEFAULT);
    this.heartbeat =
        new Heartbeat(
            channel,
            pingPeriod,
            listener::measured,
            this::silent,
            limit -> StuckPath.isDead(channel, limit),
            this::failed);
  }

  /**
   * Takes over a channel after the upgrade. Nothing is read before {@link #setReading}.
   *
   * @param channel the channel, with the handlers of {@link WebSocketCodec}.
   * @param printable cleans what the service says.
   * @param pingPeriod time between pings.
   * @param listener hears what comes.
   * @return the link, which owns the channel.
   */
  public static WebSocketLink open(
      Channel channel, Printable printable, Duration pingPeriod, LinkListener listener) {
    WebSocketLink link = new WebSocketLink(channel, printable, pingPeriod, listener);
    channel.pipeline().addFirst("heartbeat", link.heartbeat);
    channel.pipeline().addLast("messages", link);
    link.heartbeat.start();
    if (!channel.isActive()) {
      channel.eventLoop().execute(() -> link.lose(ErrorCode.LOST, "the connection was cut"));
    }
    return link;
  }

  // --- out ---

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public int write(TunnelMessage message) {
    LOG.trace("send {}", message);
    ByteBuf frame = encoder.encode(message, channel.alloc());
    int bytes = frame.readableBytes();
    heartbeat.sent(bytes);
    boolean nested = sending;
    sending = true;
    try {
      channel.write(frame, channel.voidPromise());
    } finally {
      sending = nested;
    }
    return bytes;
  }

  @Override
  public void flush() {
    boolean nested = sending;
    sending = true;
    try {
      channel.flush();
    } finally {
      sending = nested;
    }
  }

  @Override
  public void setReading(boolean reading) {
    if (reading != channel.config().isAutoRead()) {
      heartbeat.setReading(reading);
      channel.config().setAutoRead(reading);
    }
  }

  @Override
  public void setUnsentLimit(int bytes) {
    if (bytes == unsentLimit) {
      return;
    }
    unsentLimit = bytes;
    // Netty stops above the high mark and goes on below the low one.
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / 2, bytes - 1));
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) bytes);
    }
  }

  @Override
  public long unsentBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public void failed(Throwable cause) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (!lost) {
                lose(ErrorCode.INTERNAL, "an error while sending");
                LOG.error("{} while sending", ErrorCode.INTERNAL, cause);
              }
            });
  }

  /**
   * Changes the time between pings.
   *
   * @param period the time; silence counts from now on.
   */
  public void pingEvery(Duration period) {
    heartbeat.every(period);
  }

  /**
   * Ends it with a close frame; the listener hears nothing any more.
   *
   * @param status what the frame says.
   */
  public void close(WebSocketCloseStatus status) {
    lost = true;
    release();
    if (channel.isActive()) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(status))
          .addListener(ChannelFutureListener.CLOSE);
      // A peer that takes nothing would keep the channel open for ever.
      channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    } else {
      channel.close();
    }
  }

  // --- in ---

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (lost) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof ByteBuf bytes) {
      payload(bytes);
    } else {
      control((WebSocketFrame) message);
    }
  }

  private void payload(ByteBuf bytes) {
    try {
      splitter.split(bytes, this::message);
    } catch (ProtocolViolationException e) {
      violation(String.valueOf(e.getMessage()));
    }
  }

  private void message(ByteBuf frame) throws ProtocolViolationException {
    if (lost) {
      frame.release();
      return;
    }
    TunnelMessage message = decoder.decode(frame);
    if (message != null) {
      checkNames(message);
      listener.received(message);
    } else {
      LOG.debug("skipped a message of an unknown type that may be ignored");
    }
  }

  /** The names of services are shown as they are, and must be none of our secrets. */
  private void checkNames(TunnelMessage message) throws ProtocolViolationException {
    // Most messages are for the same service as the one before.
    boolean known = message.serviceId().equals(harmless) && message.availableServiceIds().isEmpty();
    if (known) {
      return;
    }
    if (printable.tells(message.serviceId())
        || message.availableServiceIds().stream().anyMatch(printable::tells)) {
      message.release();
      throw new ProtocolViolationException(
          "service id with a piece of the access or client token in it");
    }
    harmless = message.serviceId();
  }

  private void control(WebSocketFrame frame) {
    try {
      if (frame instanceof PingWebSocketFrame) {
        answer(frame.content());
      } else if (frame instanceof PongWebSocketFrame) {
        heartbeat.pong(frame.content());
      } else if (frame instanceof CloseWebSocketFrame close) {
        String reason = printable.clean(close.reasonText(), SHOWN);
        lose(
            ErrorCode.LOST,
            "the service closed the WebSocket with code "
                + close.statusCode()
                + (reason.isEmpty() ? "" : " " + reason));
      }
    } finally {
      frame.release();
    }
  }

  /** Answers a ping: if there is no room now later, and only the last one (RFC 6455, 5.5.3). */
  private void answer(ByteBuf content) {
    if (channel.isWritable()) {
      channel.writeAndFlush(new PongWebSocketFrame(content.retain()));
    } else {
      owedPong = ByteBufUtil.getBytes(content);
    }
  }

  private void answerLate() {
    byte[] content = owedPong;
    if (content != null) {
      owedPong = null;
      channel.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(content)));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!lost) {
      listener.receiveComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!lost && channel.isWritable()) {
      answerLate();
      listener.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    lose(ErrorCode.LOST, "the connection was cut");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable reason =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (reason instanceof ProtocolViolationException) {
      violation(String.valueOf(reason.getMessage()));
    } else if (reason instanceof IOException) {
      String text = printable.clean(Failures.describe(reason), SHOWN);
      lose(ErrorCode.LOST, "the connection was cut: " + text);
    } else {
      lose(ErrorCode.INTERNAL, "an error while handling a message");
      LOG.error("{} while handling a message; please report it", ErrorCode.INTERNAL, cause);
    }
  }

  private void violation(String what) {
    lose(ErrorCode.PROTOCOL, "the service broke the protocol: " + printable.clean(what, SHOWN));
  }

  private void silent(Duration silence) {
    lose(ErrorCode.SILENT, "nothing was received for " + silence.toMillis() + " ms");
  }

  private void lose(ErrorCode code, String message) {
    if (sending) {
      channel.eventLoop().execute(() -> loseNow(code, message));
    } else {
      loseNow(code, message);
    }
  }

  private void loseNow(ErrorCode code, String message) {
    if (lost) {
      return;
    }
    try {
      close(
          code == ErrorCode.PROTOCOL
              ? WebSocketCloseStatus.PROTOCOL_ERROR
              : WebSocketCloseStatus.NORMAL_CLOSURE);
    } finally {
      listener.lost(TunnelFailure.of(code, message));
    }
  }

  private void release() {
    heartbeat.stop();
    splitter.close();
  }
}
