// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.TunnelFailure;
import io.culvert.config.HostPort;
import io.culvert.config.Printable;
import io.culvert.config.WebProxy;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the web proxy for a way to the service, with HTTP CONNECT. All on the event loop. */
final class ProxyConnectHandler extends HttpStep<Channel> {
  private static final int SHOWN_SCHEMES = 60;

  private final WebProxy proxy;
  private final Printable printable;

  /**
   * Makes the step.
   *
   * @param proxy the proxy that the channel is connected to.
   * @param target the host and port to reach.
   * @param limit the longest time for the answer.
   * @param promise yields the channel, a bare way to the target.
   */
  ProxyConnectHandler(WebProxy proxy, HostPort target, Duration limit, Promise<Channel> promise) {
    super(
        request(target, authorization(proxy)),
        limit,
        "the web proxy at " + proxy.address(),
        ErrorCode.PROXY,
        promise);
    this.proxy = proxy;
    this.printable = new Printable(authorization(proxy), proxy.password());
  }

  @Override
  void answered(ChannelHandlerContext ctx, HttpReply reply) {
    switch (reply.status()) {
      case 200 -> {
        leave(ctx);
        promise().trySuccess(ctx.channel());
      }
      case 407 -> promise().tryFailure(credentials(reply));
      default ->
          promise()
              .tryFailure(
                  new ConnectFailedException(
                      new TunnelFailure(
                          ErrorCode.PROXY,
                          peer() + " opened no way: " + reply.describe(printable),
                          reply.status(),
                          null),
                      Retry.RETRY,
                      null));
    }
  }

  private ConnectFailedException credentials(HttpReply reply) {
    String offered =
        reply.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE).stream()
            .map(challenge -> challenge.strip().split("[ ,]", 2)[0])
            .collect(Collectors.joining(", "));
    boolean basic = offered.isEmpty() || offered.toLowerCase(Locale.ROOT).contains("basic");
    return new ConnectFailedException(
        new TunnelFailure(
            ErrorCode.PROXY_CREDENTIALS,
            peer()
                + (proxy.user() == null
                    ? " wants credentials (407)"
                    : " wants other credentials (407)")
                + (basic
                    ? ": set its user name and password"
                    : ": it offers "
                        + printable.clean(offered, SHOWN_SCHEMES)
                        + ", only Basic is supported"),
            reply.status(),
            null),
        Retry.FINAL,
        null);
  }

  private static HttpRequest request(HostPort target, @Nullable Secret authorization) {
    HttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.CONNECT, target.toString(), Unpooled.EMPTY_BUFFER);
    request.headers().set(HttpHeaderNames.HOST, target.toString());
    request.headers().set(HttpHeaderNames.USER_AGENT, UserAgent.VALUE);
    if (authorization != null) {
      request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, "Basic " + authorization.reveal());
    }
    return request;
  }

  private static @Nullable Secret authorization(WebProxy proxy) {
    if (proxy.user() == null) {
      return null;
    }
    String password = proxy.password() == null ? "" : proxy.password().reveal();
    return Secret.of(
        Base64.getEncoder()
            .encodeToString((proxy.user() + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}
