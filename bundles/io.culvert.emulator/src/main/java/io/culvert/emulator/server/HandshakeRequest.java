// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parts of an HTTP request that the service looks at. Immutable; shows no token. */
final class HandshakeRequest {
  private static final String ACCESS_TOKEN = "access-token";
  private static final String CLIENT_TOKEN = "client-token";
  private static final String TOKEN_COOKIE = "awsiot-tunnel-token=";

  private final String path;
  private final List<String> modes;
  private final List<String> accessTokens;
  private final List<String> clientTokens;
  private final List<String> subprotocols;
  private final boolean upgrade;
  private final Map<String, List<String>> plainHeaders;

  HandshakeRequest(HttpRequest request) {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    HttpHeaders headers = request.headers();
    path = uri.path();
    modes = List.copyOf(uri.parameters().getOrDefault("local-proxy-mode", List.of()));
    accessTokens = accessTokens(headers);
    clientTokens = List.copyOf(headers.getAll(CLIENT_TOKEN));
    subprotocols = elements(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
    upgrade = isUpgrade(request);
    plainHeaders = plainHeaders(headers);
  }

  private static List<String> accessTokens(HttpHeaders headers) {
    List<String> tokens = new ArrayList<>(headers.getAll(ACCESS_TOKEN));
    for (String line : headers.getAll(HttpHeaderNames.COOKIE)) {
      for (String cookie : line.split(";")) {
        String pair = cookie.strip();
        if (pair.startsWith(TOKEN_COOKIE)) {
          tokens.add(pair.substring(TOKEN_COOKIE.length()));
        }
      }
    }
    return List.copyOf(tokens);
  }

  private static List<String> elements(List<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",")) {
        elements.add(element.strip());
      }
    }
    return List.copyOf(elements);
  }

  private static boolean isUpgrade(HttpRequest request) {
    HttpHeaders headers = request.headers();
    return HttpMethod.GET.equals(request.method())
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", true)
        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
  }

  private static Map<String, List<String>> plainHeaders(HttpHeaders headers) {
    Map<String, List<String>> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : headers.names()) {
      boolean secret =
          ACCESS_TOKEN.equalsIgnoreCase(name)
              || HttpHeaderNames.COOKIE.contentEqualsIgnoreCase(name);
      if (!secret) {
        plain.put(name, headers.getAll(name));
      }
    }
    return plain;
  }

  String path() {
    return path;
  }

  List<String> modes() {
    return modes;
  }

  /** Returns the values of the header and of the cookie, in clear. */
  List<String> accessTokens() {
    return accessTokens;
  }

  /** Returns the values of the header, in clear. */
  List<String> clientTokens() {
    return clientTokens;
  }

  List<String> subprotocols() {
    return subprotocols;
  }

  boolean isUpgrade() {
    return upgrade;
  }

  /** Returns all headers but those with the access token. */
  Map<String, List<String>> plainHeaders() {
    return plainHeaders;
  }
}
