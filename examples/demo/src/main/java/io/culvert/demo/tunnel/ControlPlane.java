// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.tunnel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.culvert.demo.DemoException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens tunnels and asks for their state as an AWS SDK would, but unsigned, which the emulator does
 * not mind. Immutable. No message of its exceptions holds a token.
 */
public final class ControlPlane {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI endpoint;

  /** Returns where it is. */
  public URI endpoint() {
    return endpoint;
  }

  public ControlPlane(HttpClient http, URI endpoint) {
    this.http = http;
    this.endpoint = endpoint;
  }

  /** Opens a tunnel for these services. */
  public OpenedTunnel open(List<String> services) throws DemoException {
    return open(null, services);
  }

  /**
   * Opens a tunnel for these services.
   *
   * @param thing who is notified of it, null for nobody.
   */
  public OpenedTunnel open(@Nullable String thing, List<String> services) throws DemoException {
    String request =
        json(
            json -> {
              json.writeStringField("description", "./demo");
              json.writeObjectFieldStart("destinationConfig");
              if (thing != null) {
                json.writeStringField("thingName", thing);
              }
              json.writeArrayFieldStart("services");
              for (String service : services) {
                json.writeString(service);
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    Map<String, String> answer = call("OpenTunnel", request);
    return new OpenedTunnel(
        member(answer, "tunnelId"),
        member(answer, "sourceAccessToken"),
        member(answer, "destinationAccessToken"));
  }

  /** Returns whether an end of a tunnel is connected; the end as in {@code source}. */
  public boolean isConnected(String tunnelId, String end) throws DemoException {
    Map<String, String> answer =
        call("DescribeTunnel", json(json -> json.writeStringField("tunnelId", tunnelId)));
    String state = answer.get("tunnel." + end + "ConnectionState.status");
    return "CONNECTED".equals(state);
  }

  /** Replaces the token of a tunnel's destination, whose client is sent away. */
  public void rotate(String tunnelId) throws DemoException {
    call(
        "RotateTunnelAccessToken",
        json(
            json -> {
              json.writeStringField("tunnelId", tunnelId);
              json.writeStringField("clientMode", "DESTINATION");
            }));
  }

  /** Closes a tunnel for good. */
  public void close(String tunnelId) throws DemoException {
    call("CloseTunnel", json(json -> json.writeStringField("tunnelId", tunnelId)));
  }

  private Map<String, String> call(String operation, String body) throws DemoException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "IoTSecuredTunneling." + operation)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new DemoException(
            "the emulator refused " + operation + ": HTTP status " + response.statusCode());
      }
      return flat(response.body());
    } catch (IOException e) {
      throw new DemoException("the emulator did not answer " + operation + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted during " + operation, e);
    }
  }

  /** Returns the texts of an answer by their paths, such as {@code tunnel.status}. */
  private static Map<String, String> flat(String text) throws IOException {
    Map<String, String> members = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      while (json.nextToken() != null) {
        String name = json.currentName();
        if (json.currentToken() == JsonToken.START_OBJECT) {
          path.addLast(name == null ? "" : name + ".");
        } else if (json.currentToken() == JsonToken.END_OBJECT) {
          path.removeLast();
        } else if (json.currentToken() == JsonToken.VALUE_STRING) {
          members.put(String.join("", path) + name, json.getText());
        }
      }
    }
    return members;
  }

  private static String member(Map<String, String> answer, String name) throws DemoException {
    String value = answer.get(name);
    if (value == null) {
      throw new DemoException("the emulator's answer has no " + name);
    }
    return value;
  }

  private static String json(Members members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}
