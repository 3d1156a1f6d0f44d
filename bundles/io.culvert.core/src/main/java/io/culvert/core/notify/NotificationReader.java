// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.culvert.api.NotificationDecision;
import io.culvert.api.NotificationSink;
import io.culvert.api.Secret;
import io.culvert.api.TunnelSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads tunnel notifications, strictly: they may come from anybody who gets at the broker. Members
 * that AWS IoT does not send today are skipped; null counts as absent. Safe for all threads.
 */
final class NotificationReader {
  /** A region is one label of a host name. */
  private static final int MAX_REGION = 63;

  /** As many as a tunnel can have, and more. */
  private static final int MAX_SERVICES = 128;

  private static final int MAX_DEPTH = 8;
  private static final Pattern SERVICE_ID = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxDocumentLength(NotificationSink.MAX_BYTES)
                  .maxStringLength(NotificationSink.MAX_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** What the members say, as far as they are there. */
  private static final class Members {
    private @Nullable String token;
    private @Nullable String mode;
    private @Nullable String region;
    private Set<String> services = Set.of();
  }

  /**
   * Reads a notification.
   *
   * @param payload JSON in UTF-8.
   * @return what it says.
   * @throws RefusedException if it makes no sense, or is not for a destination.
   */
  Notification read(byte[] payload) throws RefusedException {
    if (payload.length > NotificationSink.MAX_BYTES) {
      throw new RefusedException(
          NotificationDecision.TOO_LARGE,
          payload.length + " bytes, more than " + NotificationSink.MAX_BYTES);
    }
    Members members;
    try (JsonParser parser = json.createParser(text(payload))) {
      members = members(parser);
    } catch (IOException e) {
      // Its message may quote what was read.
      throw malformed("is no valid JSON");
    }
    if (!"destination".equals(members.mode)) {
      throw new RefusedException(NotificationDecision.WRONG_MODE, "");
    }
    String token = members.token;
    if (token == null || !TunnelSpec.isAccessToken(token)) {
      throw new RefusedException(NotificationDecision.NO_TOKEN, "");
    }
    String region = members.region;
    // The length first: the rest is a pattern with repetitions.
    if (region == null || region.length() > MAX_REGION || !TunnelSpec.isRegion(region)) {
      throw new RefusedException(NotificationDecision.NO_REGION, "");
    }
    return new Notification(Secret.of(token), region, members.services);
  }

  private static String text(byte[] payload) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("is no valid UTF-8");
    }
  }

  private static Members members(JsonParser parser) throws IOException, RefusedException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("is no JSON object");
    }
    Members members = new Members();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = checked(parser.currentName());
      parser.nextToken();
      switch (name) {
        case "clientAccessToken" -> members.token = string(parser, name);
        case "clientMode" -> members.mode = string(parser, name);
        case "region" -> members.region = string(parser, name);
        case "services" -> members.services = services(parser);
        default -> skip(parser);
      }
    }
    if (parser.nextToken() != null) {
      throw malformed("has something after its end");
    }
    return members;
  }

  /** Reads a text; null if it is null. */
  private static @Nullable String string(JsonParser parser, String name)
      throws IOException, RefusedException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed("the value of " + name + " is no string");
    }
    return checked(parser.getText());
  }

  private static Set<String> services(JsonParser parser) throws IOException, RefusedException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Set.of();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed("the value of services is no array");
    }
    Set<String> services = new LinkedHashSet<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING
          || !SERVICE_ID.matcher(checked(parser.getText())).matches()) {
        throw malformed("one of services is no service id");
      }
      if (!services.add(parser.getText())) {
        throw malformed("two of services are the same");
      }
      if (services.size() > MAX_SERVICES) {
        throw malformed("has more than " + MAX_SERVICES + " services");
      }
    }
    return services;
  }

  /** Reads over a value of any kind. */
  private static void skip(JsonParser parser) throws IOException, RefusedException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw malformed("is no valid JSON");
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
        checked(parser.getText());
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  /** JSON can write halves of a character, which are none. */
  private static String checked(String text) throws RefusedException {
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw malformed("has half a character");
    }
    return text;
  }

  private static RefusedException malformed(String reason) {
    return new RefusedException(NotificationDecision.MALFORMED, reason);
  }
}
