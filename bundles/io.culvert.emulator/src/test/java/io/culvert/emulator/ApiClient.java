// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the control plane that sends what it is told, right or wrong. */
final class ApiClient {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LONG).build();
  private final URI endpoint;

  ApiClient(Emulator emulator) {
    endpoint = emulator.controlEndpoint();
  }

  /** Makes JSON from text in which apostrophes stand for quotation marks. */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  /** Makes a good request, to be changed. */
  HttpRequest.Builder request(String operation, String body) {
    return HttpRequest.newBuilder(endpoint)
        .timeout(LONG)
        .header("Content-Type", "application/x-amz-json-1.1")
        .header("X-Amz-Target", "IoTSecuredTunneling." + operation)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> send(String operation, String body)
      throws IOException, InterruptedException {
    return send(request(operation, json(body)).build());
  }

  /** Calls an operation that must succeed. */
  JsonNode call(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(operation, body);
    if (response.statusCode() != 200) {
      throw new AssertionError(operation + ": " + response.statusCode() + " " + response.body());
    }
    return parse(response);
  }

  /** Calls an operation that must fail, and returns {@code type: message}. */
  String fail(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(operation, body);
    JsonNode error = parse(response);
    String type = error.path("__type").asText();
    if (response.statusCode() != 400
        || !response.headers().firstValue("x-amzn-ErrorType").orElse("").equals(type)) {
      throw new AssertionError(response + " " + response.headers() + " " + response.body());
    }
    return type + ": " + error.path("message").asText();
  }

  JsonNode describe(String tunnelId) throws IOException, InterruptedException {
    return call("DescribeTunnel", "{'tunnelId':'" + tunnelId + "'}").path("tunnel");
  }

  static JsonNode parse(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }
}
