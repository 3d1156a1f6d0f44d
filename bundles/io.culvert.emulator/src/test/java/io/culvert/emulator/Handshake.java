// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.registry.TunnelEnd;
import java.util.ArrayList;
import java.util.List;

/** The text of a handshake request, good unless changed. */
final class Handshake {
  private String method = "GET";
  private String target;
  private final List<String> headers = new ArrayList<>();

  private Handshake(String target) {
    this.target = target;
    headers.add("Host: localhost");
    headers.add("Connection: Upgrade");
    headers.add("Upgrade: websocket");
    headers.add("Sec-WebSocket-Version: 13");
    headers.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  }

  /** Makes a request with the right token but without a subprotocol. */
  static Handshake of(EmulatedTunnel tunnel, TunnelEnd end) {
    return withoutToken(end).header("access-token", tunnel.accessToken(end).reveal());
  }

  static Handshake withoutToken(TunnelEnd end) {
    return new Handshake("/tunnel?local-proxy-mode=" + end.wireName());
  }

  Handshake method(String other) {
    method = other;
    return this;
  }

  Handshake target(String other) {
    target = other;
    return this;
  }

  Handshake header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  Handshake without(String name) {
    headers.removeIf(line -> line.startsWith(name + ":"));
    return this;
  }

  Handshake clientToken(String token) {
    return header("client-token", token);
  }

  Handshake subprotocols(int... versions) {
    for (int version : versions) {
      header("Sec-WebSocket-Protocol", "aws.iot.securetunneling-" + version + ".0");
    }
    return this;
  }

  /** Adds a header so that the whole request has that many bytes. */
  Handshake paddedTo(int bytes) {
    int overhead = "x-padding: \r\n".length();
    return header("x-padding", "x".repeat(bytes - text().length() - overhead));
  }

  String text() {
    return method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }
}
