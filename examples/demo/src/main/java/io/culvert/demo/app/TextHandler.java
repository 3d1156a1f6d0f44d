// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves a text over HTTP, at one path alone. Called on the server's threads. */
final class TextHandler implements HttpHandler {
  private final String path;
  private final String type;
  private final byte[] text;

  TextHandler(String path, String type, String text) {
    this.path = path;
    this.type = type;
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (Methods.refuse(exchange)) {
        return;
      }
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      if (Methods.isHead(exchange)) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(text.length));
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
    }
  }
}
