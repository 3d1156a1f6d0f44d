// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object by name; absent and null are the same, and what is not asked for is
 * ignored. A value of the wrong JSON type is a serialization error. Immutable.
 */
final class Input {
  private final JsonNode object;
  private final String path;

  private Input(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  static Input of(JsonNode root) throws ApiException {
    if (!root.isObject()) {
      throw ApiException.malformed("Expected a JSON object as the request body");
    }
    return new Input(root, "");
  }

  /** Returns the name of a member as validation errors call it. */
  String path(String name) {
    return path + name;
  }

  @Nullable String string(String name) throws ApiException {
    JsonNode value = value(name);
    return value == null ? null : text(value);
  }

  @Nullable Integer integer(String name) throws ApiException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unfit(value, "an Integer");
    }
    return value.intValue();
  }

  boolean flag(String name) throws ApiException {
    JsonNode value = value(name);
    if (value == null) {
      return false;
    }
    if (!value.isBoolean()) {
      throw unfit(value, "a Boolean");
    }
    return value.booleanValue();
  }

  @Nullable Input structure(String name) throws ApiException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    return structure(value, path(name) + ".");
  }

  @Nullable List<String> strings(String name) throws ApiException {
    JsonNode list = list(name);
    if (list == null) {
      return null;
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode element : list) {
      strings.add(text(element));
    }
    return strings;
  }

  @Nullable List<Input> structures(String name) throws ApiException {
    JsonNode list = list(name);
    if (list == null) {
      return null;
    }
    List<Input> structures = new ArrayList<>();
    for (JsonNode element : list) {
      // AWS counts the members of a list from 1.
      String number = path(name) + "." + (structures.size() + 1) + ".member.";
      structures.add(structure(element, number));
    }
    return structures;
  }

  /** Returns a member as JSON text. */
  String text(String name) {
    return object.path(name).toString();
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable JsonNode list(String name) throws ApiException {
    JsonNode value = value(name);
    if (value != null && !value.isArray()) {
      throw ApiException.malformed("Expected list or null");
    }
    return value;
  }

  private static Input structure(JsonNode value, String path) throws ApiException {
    if (!value.isObject()) {
      throw ApiException.malformed("Expected null");
    }
    return new Input(value, path);
  }

  private static String text(JsonNode value) throws ApiException {
    if (!value.isTextual()) {
      throw unfit(value, "a String");
    }
    return value.textValue();
  }

  private static ApiException unfit(JsonNode value, String wanted) {
    if (value.isContainerNode()) {
      return ApiException.malformed("Start of structure or map found where not expected.");
    }
    String given =
        value.getNodeType() == JsonNodeType.BOOLEAN
            ? value.asText().toUpperCase(Locale.ROOT)
            : value.getNodeType().toString();
    return ApiException.malformed(given + "_VALUE can not be converted to " + wanted);
  }
}
