// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
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
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", CONTENT_TYPE);
    all.put("x-amzn-RequestId", UUID.randomUUID().toString());
    JsonSender.send(exchange, status, all, body.toString());
  }
}
