// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.registry.UnknownTunnelException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests of the AWS JSON protocol 1.1. Signatures are not checked, and a request needs
 * none. Only the names of operations and errors are logged, because the rest may hold access
 * tokens. Called by many threads at once.
 */
public final class ApiHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
  private static final String TARGET_PREFIX = "IoTSecuredTunneling.";
  private static final int MAX_BODY = 1 << 20;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int INTERNAL_ERROR = 500;

  private final JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private final Map<String, Operation> operations = new TreeMap<>();

  /**
   * Makes the handler.
   *
   * @param registry the tunnels.
   * @param presence tells which ends are connected.
   * @param region the AWS region to be in.
   */
  public ApiHandler(TunnelRegistry registry, PresenceSource presence, String region) {
    Arns arns = new Arns(region);
    operations.putAll(new TunnelOperations(registry, presence, arns).byName());
    operations.putAll(new TagOperations(registry, arns).byName());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    ApiReply reply;
    try {
      reply = ApiReply.success(answer(exchange));
    } catch (ApiException e) {
      LOG.debug("Refused: {}", e.type());
      reply = ApiReply.failure(e);
    } catch (RuntimeException e) {
      LOG.error("A request failed", e);
      reply = ApiReply.failure(internal());
    }
    reply.send(exchange);
  }

  private JsonNode answer(HttpExchange exchange) throws IOException, ApiException {
    if (!"/".equals(exchange.getRequestURI().getPath())) {
      throw ApiException.unknownOperation(NOT_FOUND, "The path must be /");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      throw ApiException.unknownOperation(METHOD_NOT_ALLOWED, "The method must be POST");
    }
    Headers headers = exchange.getRequestHeaders();
    if (!isJson(headers.getFirst("Content-Type"))) {
      throw ApiException.unknownOperation(
          UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be " + ApiReply.CONTENT_TYPE);
    }
    Operation operation = operation(headers.getFirst("X-Amz-Target"));
    Input input = Input.of(parse(body(exchange)));
    try {
      return operation.answer(input);
    } catch (UnknownTunnelException e) {
      // It was there when the operation began, but is forgotten by now.
      throw ApiException.notFound("The tunnel does not exist");
    }
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip();
    return type.toLowerCase(Locale.ROOT).equals(ApiReply.CONTENT_TYPE);
  }

  private Operation operation(@Nullable String target) throws ApiException {
    if (target == null || !target.startsWith(TARGET_PREFIX)) {
      throw ApiException.unknownOperation(
          BAD_REQUEST, "The X-Amz-Target must be " + TARGET_PREFIX + " and an operation");
    }
    Operation operation = operations.get(target.substring(TARGET_PREFIX.length()));
    if (operation == null) {
      throw ApiException.unknownOperation(
          BAD_REQUEST, "The operations are " + String.join(", ", operations.keySet()));
    }
    LOG.debug("{}", target);
    return operation;
  }

  private static byte[] body(HttpExchange exchange) throws IOException, ApiException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new ApiException(
          TOO_LARGE,
          "RequestEntityTooLargeException",
          "The request body exceeds " + MAX_BODY + " bytes");
    }
    return body;
  }

  private JsonNode parse(byte[] body) throws IOException, ApiException {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      // The parser's own text may quote the body.
      throw ApiException.malformed("The request body is not well-formed JSON");
    }
  }

  private static ApiException internal() {
    return new ApiException(
        INTERNAL_ERROR, "InternalFailure", "The emulator failed; its log says more");
  }
}
