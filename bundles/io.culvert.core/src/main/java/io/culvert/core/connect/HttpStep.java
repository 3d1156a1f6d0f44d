// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one HTTP request and waits for its answer, bounded in time and size. All on the event loop.
 * {@link #answered} completes the promise, and on success takes the handlers out of the pipeline;
 * cut connections, time-outs and garbage complete it here.
 *
 * @param <T> what the step yields.
 */
abstract class HttpStep<T> extends ChannelInboundHandlerAdapter {
  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_HEADER_BYTES = 16_384;
  private static final int MAX_CHUNK_BYTES = 4096;

  /** More than is shown, as control characters and secrets are taken out first. */
  private static final int KEPT_BODY_BYTES = 8192;

  private final HttpClientCodec codec =
      new HttpClientCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES);
  private final HttpRequest request;
  private final Duration limit;
  private final String peer;
  private final ErrorCode code;
  private final Promise<T> promise;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable ChannelHandlerContext context;
  private @Nullable HttpResponse head;

  /**
   * Makes a step for one channel.
   *
   * @param request the request, without body.
   * @param limit the longest time for the answer.
   * @param peer who answers, for messages.
   * @param code the code of a missing or invalid answer.
   * @param promise the result.
   */
  HttpStep(HttpRequest request, Duration limit, String peer, ErrorCode code, Promise<T> promise) {
    this.request = request;
    this.limit = limit;
    this.peer = peer;
    this.code = code;
    this.promise = promise;
  }

  /**
   * Puts the step into the pipeline and sends the request.
   *
   * @param channel the channel, whose pipeline ends in a {@link QuietTail}.
   * @return the result, or a {@link ConnectFailedException}; on failure the caller closes the
   *     channel.
   */
  final Future<T> start(Channel channel) {
    ScheduledFuture<?> timer =
        channel.eventLoop().schedule(this::timedOut, limit.toMillis(), TimeUnit.MILLISECONDS);
    promise.addListener(done -> timer.cancel(false));
    channel.pipeline().addBefore(QuietTail.NAME, null, codec);
    channel.pipeline().addBefore(QuietTail.NAME, null, this);
    channel.writeAndFlush(request).addListener(sent -> failOn(sent.cause()));
    return promise;
  }

  /**
   * Completes the promise. Called once, with the last piece of the answer.
   *
   * @param ctx this handler's context.
   * @param reply the answer; interim answers (1xx other than 101) are not passed.
   */
  abstract void answered(ChannelHandlerContext ctx, HttpReply reply);

  /** Takes the HTTP handlers out; bytes behind the answer go to the handler that follows. */
  final void leave(ChannelHandlerContext ctx) {
    ctx.pipeline().remove(this);
    ctx.pipeline().remove(codec);
  }

  final Promise<T> promise() {
    return promise;
  }

  final String peer() {
    return peer;
  }

  final ConnectFailedException invalid(String what) {
    return ConnectFailedException.retry(code, what);
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!promise.isDone() && message instanceof HttpObject part) {
        received(part);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    finish();
    promise.tryFailure(invalid(peer + " closed the connection before it answered"));
    ctx.fireChannelInactive();
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failOn(cause);
    ctx.fireExceptionCaught(cause);
  }

  private void received(HttpObject part) {
    if (part.decoderResult().isFailure()) {
      if (part instanceof HttpResponse) {
        promise.tryFailure(garbage(part.decoderResult().cause()));
      } else {
        finish();
      }
      return;
    }
    if (part instanceof HttpResponse response) {
      head = response;
      if (isEmptyUpgrade(response)) {
        finish();
        return;
      }
    }
    if (part instanceof HttpContent content) {
      byte[] bytes =
          new byte[Math.min(content.content().readableBytes(), KEPT_BODY_BYTES - body.size())];
      content.content().readBytes(bytes);
      body.writeBytes(bytes);
      if (part instanceof LastHttpContent || body.size() == KEPT_BODY_BYTES) {
        finish();
      }
    }
  }

  /** Netty takes a 101 without Sec-WebSocket-Accept for a draft protocol with a body, and waits. */
  private static boolean isEmptyUpgrade(HttpResponse response) {
    return response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
        && !response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
  }

  private void timedOut() {
    finish();
    promise.tryFailure(ConnectFailedException.timeout("no answer from " + peer, limit));
  }

  /** Answers with what there is: a body that does not end cannot hide its status. */
  private void finish() {
    HttpResponse response = head;
    if (promise.isDone() || response == null || context == null) {
      return;
    }
    int status = response.status().code();
    if (status < 200 && status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
      head = null;
      body.reset();
      return;
    }
    answered(
        context,
        new HttpReply(
            status,
            response.status().reasonPhrase(),
            response.headers(),
            body.toString(StandardCharsets.UTF_8)));
  }

  private ConnectFailedException garbage(Throwable cause) {
    return invalid(
        cause instanceof TooLongFrameException
            ? peer + " answered with headers of more than " + MAX_HEADER_BYTES + " bytes"
            : peer + " gave no valid HTTP answer");
  }

  private void failOn(@Nullable Throwable error) {
    if (error == null) {
      return;
    }
    Throwable inner = error instanceof DecoderException ? error.getCause() : null;
    Throwable cause = inner == null ? error : inner;
    if (cause instanceof SSLException ssl) {
      promise.tryFailure(
          ConnectFailedException.retry(
              ErrorCode.TLS, "the TLS connection to " + peer + " broke: " + TlsFailures.text(ssl)));
    } else if (cause instanceof IOException) {
      promise.tryFailure(invalid(peer + " cut the connection before it answered"));
    } else {
      promise.tryFailure(ConnectFailedException.of(cause));
    }
  }
}
