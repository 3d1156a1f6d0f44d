// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * An answer.
 *
 * @param status the HTTP status.
 * @param headers further headers.
 * @param body the JSON.
 */
record ApiReply(int status, Map<String, String> headers, JsonNode body) {
  static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private static final int OK = 200;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  static ApiReply success(JsonNode body) {
    return new ApiReply(OK, Map.of(), body);
  }

  static ApiReply failure(ApiException failure) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", failure.type())
            .put("message", failure.text());
    Map<String, String> headers =
        failure.status() == METHOD_NOT_ALLOWED
            ? Map.of("x-amzn-ErrorType", failure.type(), "Allow", "POST")
            : Map.of("x-amzn-ErrorType", failure.type());
    return new ApiReply(failure.status(), headers, body);
  }

  /** Shows nothing of the body, which may hold access tokens. */
  @Override
  public String toString() {
    return "reply " + status;
  }

  /** Sends the answer and ends the exchange. */
  void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      Headers fields = exchange.getResponseHeaders();
      fields.set("Content-Type", CONTENT_TYPE);
      fields.set("x-amzn-RequestId", UUID.randomUUID().toString());
      // The server writes head and body one by one, so on a connection that stays open the body
      // would wait until the client has acknowledged the head.
      fields.set("Connection", "close");
      headers.forEach(fields::set);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? NO_BODY : bytes.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(bytes);
        }
      }
    }
  }
}
