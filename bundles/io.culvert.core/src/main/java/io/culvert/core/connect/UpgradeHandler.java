// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.config.Printable;
import io.culvert.core.websocket.WebSocketCodec;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Upgrades the connection to the tunnel's WebSocket and tells refusals apart. All on the event
 * loop. On success reading is off and the HTTP handlers are gone.
 */
final class UpgradeHandler extends HttpStep<TunnelLink> {
  private static final String CHANNEL_ID = "channel-id";
  private static final int SHOWN = 200;

  private final UpgradeRequest request;
  private final int maxPayload;
  private final Printable printable;

  /**
   * Makes the step.
   *
   * @param request what to send.
   * @param maxPayload the longest payload of a WebSocket frame.
   * @param printable cleans what the service answers.
   * @param peer the service, for messages.
   * @param limit the longest time for the answer.
   * @param promise yields the link.
   */
  UpgradeHandler(
      UpgradeRequest request,
      int maxPayload,
      Printable printable,
      String peer,
      Duration limit,
      Promise<TunnelLink> promise) {
    super(request.http(), limit, peer, ErrorCode.HANDSHAKE, promise);
    this.request = request;
    this.maxPayload = maxPayload;
    this.printable = printable;
  }

  @Override
  void answered(ChannelHandlerContext ctx, HttpReply reply) {
    if (reply.status() != 101) {
      promise().tryFailure(refusal(reply));
      return;
    }
    String error = violation(reply.headers());
    if (error != null) {
      promise()
          .tryFailure(
              failure(
                  ErrorCode.HANDSHAKE,
                  peer() + " gave an invalid answer to the upgrade: " + error,
                  reply,
                  Retry.RETRY));
      return;
    }
    ctx.channel().config().setAutoRead(false);
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addBefore(QuietTail.NAME, HeldBytes.NAME, new HeldBytes());
    WebSocketCodec.addBefore(pipeline, QuietTail.NAME, maxPayload);
    leave(ctx);
    String channelId = channelId(reply.headers());
    promise()
        .trySuccess(
            new TunnelLink(
                ctx.channel(),
                channelId == null ? "" : channelId,
                subprotocol(reply.headers()),
                printable));
  }

  private @Nullable String violation(HttpHeaders headers) {
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return "it does not say that it upgrades to a WebSocket";
    }
    if (!request.expectedAccept().equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
      return "its Sec-WebSocket-Accept does not fit the key that was sent";
    }
    if (headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
      return "it uses WebSocket extensions, none was offered";
    }
    List<String> chosen = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    if (chosen.size() != 1 || !request.subprotocols().contains(chosen.get(0).strip())) {
      return "it chose the subprotocol '"
          + printable.clean(String.join(",", chosen), SHOWN)
          + "', offered was "
          + String.join(", ", request.subprotocols());
    }
    return null;
  }

  private static String subprotocol(HttpHeaders headers) {
    return headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).strip();
  }

  private ConnectFailedException refusal(HttpReply reply) {
    String answer = reply.describe(printable);
    int status = reply.status();
    if (status == 429) {
      return failure(
          ErrorCode.THROTTLED, peer() + " asks to slow down: " + answer, reply, Retry.RETRY);
    }
    if (status >= 500) {
      return failure(
          ErrorCode.HANDSHAKE, peer() + " cannot serve now: " + answer, reply, Retry.RETRY);
    }
    if (status >= 400) {
      return failure(
          ErrorCode.REFUSED, peer() + " refused the handshake: " + answer, reply, Retry.REFUSED);
    }
    if (status >= 300) {
      return failure(
          ErrorCode.REFUSED,
          peer() + " redirects, which is not followed (check the endpoint): " + answer,
          reply,
          Retry.REFUSED);
    }
    return failure(
        ErrorCode.HANDSHAKE,
        peer() + " did not upgrade to a WebSocket (check the endpoint): " + answer,
        reply,
        Retry.RETRY);
  }

  private ConnectFailedException failure(
      ErrorCode code, String message, HttpReply reply, Retry retry) {
    Duration wait =
        retry == Retry.RETRY ? RetryAfter.of(reply.headers(), System.currentTimeMillis()) : null;
    return new ConnectFailedException(
        new TunnelFailure(code, message, reply.status(), channelId(reply.headers())), retry, wait);
  }

  private @Nullable String channelId(HttpHeaders headers) {
    String id = printable.clean(headers.get(CHANNEL_ID), SHOWN);
    return id.isEmpty() ? null : id;
  }
}
