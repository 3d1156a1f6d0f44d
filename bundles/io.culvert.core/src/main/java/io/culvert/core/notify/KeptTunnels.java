// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is kept of notifications across a restart, as JSON. Immutable.
 *
 * @param tunnels the tunnels that were open.
 * @param seen the SHA-256 of the tokens that were here, and when.
 */
record KeptTunnels(List<Kept> tunnels, Map<String, Instant> seen) {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  /**
   * One tunnel.
   *
   * @param token the access token, encrypted.
   * @param region the region.
   * @param services the services.
   * @param opened when the notification came.
   */
  record Kept(String token, String region, Set<String> services, Instant opened) {}

  /** Returns it as text. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeArrayFieldStart("tunnels");
      for (Kept tunnel : tunnels) {
        out.writeStartObject();
        out.writeStringField("token", tunnel.token());
        out.writeStringField("region", tunnel.region());
        out.writeArrayFieldStart("services");
        for (String service : tunnel.services()) {
          out.writeString(service);
        }
        out.writeEndArray();
        out.writeNumberField("opened", tunnel.opened().toEpochMilli());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeObjectFieldStart("seen");
      for (Map.Entry<String, Instant> token : seen.entrySet()) {
        out.writeNumberField(token.getKey(), token.getValue().toEpochMilli());
      }
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a text takes what is written", e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #json} has written.
   *
   * @throws IOException if it is something else; the message does not quote it.
   */
  static KeptTunnels parse(String text) throws IOException {
    List<Kept> tunnels = new ArrayList<>();
    Map<String, Instant> seen = new LinkedHashMap<>();
    try (JsonParser in = JSON.createParser(text)) {
      expect(in.nextToken() == JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "tunnels" -> readTunnels(in, tunnels);
          case "seen" -> readSeen(in, seen);
          default -> in.skipChildren();
        }
      }
      expect(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null);
    }
    return new KeptTunnels(tunnels, seen);
  }

  private static void readTunnels(JsonParser in, List<Kept> tunnels) throws IOException {
    expect(in.currentToken() == JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      expect(in.currentToken() == JsonToken.START_OBJECT);
      tunnels.add(readTunnel(in));
    }
  }

  private static Kept readTunnel(JsonParser in) throws IOException {
    String token = "";
    String region = "";
    Set<String> services = new LinkedHashSet<>();
    long opened = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "token" -> token = string(in);
        case "region" -> region = string(in);
        case "opened" -> opened = number(in);
        case "services" -> {
          expect(in.currentToken() == JsonToken.START_ARRAY);
          while (in.nextToken() != JsonToken.END_ARRAY) {
            services.add(string(in));
          }
        }
        default -> in.skipChildren();
      }
    }
    return new Kept(token, region, services, Instant.ofEpochMilli(opened));
  }

  private static void readSeen(JsonParser in, Map<String, Instant> seen) throws IOException {
    expect(in.currentToken() == JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String digest = in.currentName();
      in.nextToken();
      seen.put(digest, Instant.ofEpochMilli(number(in)));
    }
  }

  private static String string(JsonParser in) throws IOException {
    expect(in.currentToken() == JsonToken.VALUE_STRING);
    return in.getText();
  }

  private static long number(JsonParser in) throws IOException {
    expect(in.currentToken() == JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  private static void expect(boolean right) throws IOException {
    if (!right) {
      throw new IOException("it has another form");
    }
  }
}
