// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers requests with JSON. Stateless. */
public final class JsonSender {
  private static final int NO_BODY = -1;

  private JsonSender() {}

  /**
   * Sends an answer and ends the exchange, whatever happens.
   *
   * @param exchange the request, of any method; one of HEAD gets no body.
   * @param status the HTTP status.
   * @param headers the headers, with the type of the content.
   * @param json the text.
   * @throws IOException if the client is gone.
   */
  public static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String json)
      throws IOException {
    try (exchange) {
      byte[] body = json.getBytes(StandardCharsets.UTF_8);
      Headers fields = exchange.getResponseHeaders();
      headers.forEach(fields::set);
      // The server writes head and body one by one, so on a connection that stays open the body
      // would wait until the client has acknowledged the head.
      fields.set("Connection", "close");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(status, NO_BODY);
      } else {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
