// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.conf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one configuration: a JSON object as the OSGi Configurator has it, but without types after
 * the keys, with values that are text, numbers, true or false, or lists of these, and with
 * comments. For one use by one thread.
 */
public final class ConfReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .build();

  /** Keys that the Configurator keeps for itself; they say nothing about the configuration. */
  private static final String RESERVED = ":configurator:";

  private final JsonParser parser;
  // Keys of configurations do not differ by case alone.
  private final Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Integer> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ConfReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the text of a file.
   *
   * @throws ConfException if it is not JSON, or a value is of no kind that a configuration can
   *     hold.
   */
  public static ConfText read(String text) throws ConfException {
    try (JsonParser parser = JSON.createParser(text)) {
      ConfReader reader = new ConfReader(parser);
      reader.readAll();
      return new ConfText(reader.values, reader.lines);
    } catch (JsonEOFException e) {
      throw at(e.getLocation(), "the text ends too early; a bracket or quote is not closed");
    } catch (JsonProcessingException e) {
      throw at(e.getLocation(), reason(e));
    } catch (IOException e) {
      throw new ConfException("cannot be read");
    }
  }

  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message != null && message.startsWith("Duplicate field")
        ? "the key is there twice"
        : "is not JSON";
  }

  private static ConfException at(JsonLocation where, String what) {
    return new ConfException(where.getLineNr(), where.getColumnNr(), what);
  }

  private void readAll() throws IOException, ConfException {
    if (parser.nextToken() == null) {
      throw new ConfException("is empty: write {} for the defaults");
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw here("must be one JSON object, {\"key\": value, …}");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      if (key.startsWith(RESERVED)) {
        parser.skipChildren();
      } else if (key.indexOf(':') >= 0) {
        throw here(
            "a key must have no ':Type' after it: leave that out, the type is found without");
      } else if (values.containsKey(key)) {
        throw here("the key is there twice");
      } else {
        lines.put(key, line);
        values.put(key, value());
      }
    }
    if (parser.nextToken() != null) {
      throw here("must end after '}'");
    }
  }

  private Object value() throws IOException, ConfException {
    return parser.currentToken() == JsonToken.START_ARRAY ? list() : scalar();
  }

  private Object scalar() throws IOException, ConfException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      default -> throw here("the value must be text, a number, true or false, or a list of these");
    };
  }

  private Long wholeNumber() throws IOException, ConfException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw here("the number is too large");
    }
    return parser.getLongValue();
  }

  private Object list() throws IOException, ConfException {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object item = scalar();
      if (!items.isEmpty() && items.get(0).getClass() != item.getClass()) {
        throw here("the values of a list must be of one kind");
      }
      items.add(item);
    }
    Object first = items.isEmpty() ? "" : items.get(0);
    if (first instanceof Long) {
      return items.toArray(new Long[0]);
    }
    if (first instanceof Double) {
      return items.toArray(new Double[0]);
    }
    return first instanceof Boolean ? items.toArray(new Boolean[0]) : items.toArray(new String[0]);
  }

  private ConfException here(String what) {
    return at(parser.currentTokenLocation(), what);
  }
}
