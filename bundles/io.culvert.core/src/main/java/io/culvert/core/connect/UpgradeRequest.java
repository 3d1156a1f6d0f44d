// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.HostPort;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The request that turns an HTTP connection into the tunnel's WebSocket, and what its answer must
 * prove (RFC 6455 section 4.1). Holds the tokens, so it has no {@code toString}.
 */
final class UpgradeRequest {
  /** The service reads no longer request (HTTP status 431). */
  static final int MAX_BYTES = 4096;

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int DEFAULT_PORT = 443;
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<String> subprotocols;
  private final String key;
  private final HttpRequest http;

  /**
   * Builds and checks the request.
   *
   * @param handshake who connects.
   * @param subprotocols the subprotocols to offer.
   * @throws ConnectFailedException if the request is too long or a value cannot be sent.
   */
  UpgradeRequest(Handshake handshake, List<String> subprotocols) throws ConnectFailedException {
    checkVisible("endpoint", handshake.endpoint().host());
    checkVisible("access token", handshake.accessToken().reveal());
    checkVisible("client token", handshake.clientToken().reveal());
    this.subprotocols = subprotocols;
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
    this.http = build(handshake);
    int bytes = bytes();
    if (bytes > MAX_BYTES) {
      throw ConnectFailedException.configuration(
          "the handshake request would have "
              + bytes
              + " bytes, the service reads at most "
              + MAX_BYTES
              + ": check the access token (its length is "
              + handshake.accessToken().reveal().length()
              + ")");
    }
  }

  /** Returns the request to send. */
  HttpRequest http() {
    return http;
  }

  /** Returns the subprotocols that the service may choose from. */
  List<String> subprotocols() {
    return subprotocols;
  }

  /** Returns the only valid {@code Sec-WebSocket-Accept}. */
  String expectedAccept() {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private HttpRequest build(Handshake handshake) {
    HttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.GET,
            "/tunnel?local-proxy-mode=" + handshake.mode().wireName(),
            Unpooled.EMPTY_BUFFER);
    request
        .headers()
        .set(HttpHeaderNames.HOST, host(handshake.endpoint()))
        .set(HttpHeaderNames.USER_AGENT, UserAgent.VALUE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
        .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
        .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(",", subprotocols))
        .set("access-token", handshake.accessToken().reveal())
        .set("client-token", handshake.clientToken().reveal());
    return request;
  }

  private int bytes() {
    int sum =
        (http.method().name() + " " + http.uri() + " " + http.protocolVersion().text() + "\r\n")
            .length();
    for (Map.Entry<String, String> header : http.headers()) {
      sum += header.getKey().length() + ": ".length() + header.getValue().length() + 2;
    }
    return sum + 2;
  }

  private static String host(HostPort endpoint) {
    String text = endpoint.toString();
    return endpoint.port() == DEFAULT_PORT ? text.substring(0, text.lastIndexOf(':')) : text;
  }

  private static void checkVisible(String name, String value) throws ConnectFailedException {
    if (!VISIBLE.matcher(value).matches()) {
      throw ConnectFailedException.configuration(
          "the " + name + " is empty or holds a character that is not printable ASCII");
    }
  }
}
