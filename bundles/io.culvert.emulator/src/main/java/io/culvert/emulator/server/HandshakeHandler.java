// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.journal.HandshakeInfo;
import io.culvert.emulator.journal.Refusal;
import io.culvert.emulator.relay.EndPoint;
import io.culvert.emulator.relay.HandshakeFault;
import io.culvert.emulator.rules.MessageRules;
import io.culvert.emulator.server.Verdict.Accepted;
import io.culvert.emulator.server.Verdict.Refused;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the one HTTP request of a connection. If it is accepted, the handler leaves the pipeline
 * and the relay takes the channel over; else the connection ends. Confined to the event loop.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
  static final String NAME = "handshake";

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);
  private static final int TOO_LARGE = 431;
  private static final int BAD_REQUEST = 400;
  private static final WebSocketDecoderConfig WEBSOCKET =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(MessageRules.MAX_WEBSOCKET_PAYLOAD)
          .expectMaskedFrames(true)
          .closeOnProtocolViolation(false)
          .build();

  private final HandshakeRules rules;
  private final TunnelServer server;
  private final String channelId = UUID.randomUUID().toString();
  private boolean answered;

  HandshakeHandler(HandshakeRules rules, TunnelServer server) {
    this.rules = rules;
    this.server = server;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!answered && message instanceof HttpRequest request) {
        if (request.decoderResult().isSuccess()) {
          answer(ctx, request);
        } else {
          refuse(ctx, BAD_REQUEST, "Malformed HTTP request", Map.of());
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == RequestLimit.EXCEEDED && !answered) {
      String reason = "The request exceeds " + RequestLimit.MAX_BYTES + " bytes";
      refuse(ctx, TOO_LARGE, reason, Map.of());
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Handshake from {} failed", ctx.channel().remoteAddress(), cause);
    ctx.close();
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest http) {
    HandshakeRequest request = new HandshakeRequest(http);
    Optional<HandshakeFault> fault =
        rules
            .owner(request)
            .flatMap(owner -> server.endPoint(owner))
            .flatMap(EndPoint::nextHandshakeFault);
    if (fault.isPresent()) {
      fail(ctx, fault.get());
      return;
    }
    Verdict verdict = rules.judge(request);
    if (verdict instanceof Refused refused) {
      refuse(ctx, refused.status(), refused.reason(), Map.of());
    } else if (verdict instanceof Accepted accepted) {
      accept(ctx, http, request, accepted);
    }
  }

  private void fail(ChannelHandlerContext ctx, HandshakeFault fault) {
    if (fault.status() == 0) {
      answered = true;
      LOG.info("Handshake cut on request, channel-id {}", channelId);
      server.refused(new Refusal(0, "Cut on request", channelId));
      // Starting behind the TLS handler keeps it from saying good-bye.
      ctx.pipeline().firstContext().close();
    } else {
      refuse(ctx, fault.status(), "Refused on request", fault.headers());
    }
  }

  private void refuse(
      ChannelHandlerContext ctx, int status, String reason, Map<String, String> headers) {
    answered = true;
    LOG.info("Handshake refused, channel-id {}: {} {}", channelId, status, reason);
    server.refused(new Refusal(status, reason, channelId));
    RefusalWriter.refuse(ctx, status, reason, channelId, headers);
  }

  private void accept(
      ChannelHandlerContext ctx, HttpRequest http, HandshakeRequest request, Accepted accepted) {
    answered = true;
    String subprotocol = accepted.subprotocol();
    HttpHeaders headers = http.headers().copy();
    // Offers may be spread over several lines, of which the handshaker would see one.
    headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
    FullHttpRequest upgrade =
        new DefaultFullHttpRequest(
            http.protocolVersion(),
            http.method(),
            http.uri(),
            Unpooled.EMPTY_BUFFER,
            headers,
            EmptyHttpHeaders.INSTANCE);
    HttpHeaders answer = new DefaultHttpHeaders().set(RefusalWriter.CHANNEL_ID, channelId);
    HandshakeInfo info = new HandshakeInfo(channelId, subprotocol, request.plainHeaders());
    Channel channel = ctx.channel();
    new WebSocketServerHandshaker13("", subprotocol, WEBSOCKET)
        .handshake(channel, upgrade, answer, ctx.newPromise())
        .addListener(
            written -> {
              if (written.isSuccess() && rules.isStillValid(request)) {
                ctx.pipeline().remove(RequestLimit.NAME);
                ctx.pipeline().remove(this);
                server.connected(accepted.owner(), channel, info, subprotocol);
              } else {
                LOG.debug("Handshake with {} came to nothing", channel, written.cause());
                channel.close();
              }
            });
  }
}
