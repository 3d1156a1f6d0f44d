// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Answers a handshake with an HTTP status and ends the connection. */
final class RefusalWriter {
  static final String CHANNEL_ID = "channel-id";

  /** How long a client has to close its side, so that unread bytes do not destroy the answer. */
  private static final long LINGER_SECONDS = 1;

  private RefusalWriter() {}

  static void refuse(
      ChannelHandlerContext ctx,
      int status,
      String reason,
      String channelId,
      Map<String, String> headers) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            ByteBufUtil.writeUtf8(ctx.alloc(), reason));
    HttpHeaders target = response.headers();
    target.set(CHANNEL_ID, channelId);
    target.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
    target.setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    target.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.forEach(target::set);
    ctx.writeAndFlush(response).addListener(written -> linger(ctx));
  }

  private static void linger(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    }
    ScheduledFuture<?> giveUp =
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    ctx.channel().closeFuture().addListener(closed -> giveUp.cancel(false));
  }
}
