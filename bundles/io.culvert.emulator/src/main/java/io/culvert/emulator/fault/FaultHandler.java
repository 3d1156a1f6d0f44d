// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.culvert.emulator.control.JsonSender;
import io.culvert.emulator.json.Json;
import io.culvert.emulator.registry.TunnelEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fault control over HTTP: GET tells the state of all tunnels, POST carries a {@link
 * FaultRequest} out. Only requests that show the token are heard. Runs behind the control server's
 * check of the host. Callable from any thread.
 */
public final class FaultHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FaultHandler.class);

  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  private static final int MAX_BODY = 1 << 16;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int BAD_METHOD = 405;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL = 500;

  private final FaultToken token;
  private final FaultControl control;

  /**
   * Makes a handler.
   *
   * @param token what requests have to show.
   * @param control carries faults out.
   */
  public FaultHandler(FaultToken token, FaultControl control) {
    this.token = token;
    this.control = control;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (RuntimeException e) {
      LOG.error("The fault control failed", e);
      answer = error(INTERNAL, "internal error: see the log of the emulator");
    }
    JsonSender.send(exchange, answer.status(), HEADERS, Json.write(answer.body()));
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!isAllowed(exchange.getRequestHeaders())) {
      return error(FORBIDDEN, "the fault token of emulator.json is needed");
    }
    if (!exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath())) {
      return error(NOT_FOUND, "there is nothing at this path");
    }
    return switch (exchange.getRequestMethod()) {
      case "GET" -> new Answer(OK, StatusReport.of(control.tunnels()));
      case "POST" -> carryOut(exchange);
      default -> error(BAD_METHOD, "only GET and POST are allowed");
    };
  }

  private boolean isAllowed(Headers headers) {
    String shown = headers.getFirst("Authorization");
    return shown != null && token.isShownBy(shown);
  }

  private Answer carryOut(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return error(TOO_LARGE, "the request is longer than " + MAX_BODY + " bytes");
    }
    FaultRequest request;
    try {
      request = FaultRequest.ofJson(new String(body, StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      return error(BAD_REQUEST, String.valueOf(e.getMessage()));
    }
    try {
      FaultControl.Done done = control.carryOut(request);
      return new Answer(
          OK,
          Map.of(
              "tunnel",
              done.tunnel(),
              "ends",
              done.ends().stream().map(TunnelEnd::wireName).toList()));
    } catch (RefusedException e) {
      return error(CONFLICT, e.getMessage());
    }
  }

  private static Answer error(int status, String message) {
    return new Answer(status, Map.of("error", message));
  }

  private record Answer(int status, Map<String, Object> body) {}
}
