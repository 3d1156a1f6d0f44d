// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes JSON objects as maps of strings, numbers, booleans, lists and maps. Stateless.
 * Its messages never repeat what was read, which may hold a secret.
 */
public final class Json {
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private Json() {}

  /**
   * Reads one object.
   *
   * @param text the JSON text.
   * @return the members in their order.
   * @throws IOException if it is anything else.
   */
  public static Map<String, Object> read(String text) throws IOException {
    Map<String, Object> object;
    try {
      object = MAPPER.readValue(text, OBJECT);
    } catch (JsonProcessingException e) {
      // Its message, and so the cause, would repeat parts of the text.
      throw new IOException("not a JSON object");
    }
    if (object == null) {
      throw new IOException("not a JSON object");
    }
    object.values().removeIf(value -> value == null);
    return object;
  }

  /**
   * Writes an object without any white space.
   *
   * @param object strings, numbers, booleans, lists and maps by name.
   * @return the JSON text.
   */
  public static String compact(Map<String, ?> object) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    }
  }

  /**
   * Writes an object on several lines.
   *
   * @param object strings, numbers, booleans, lists and maps by name.
   * @return the JSON text, with a line end.
   */
  public static String write(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON", e);
    }
  }
}
