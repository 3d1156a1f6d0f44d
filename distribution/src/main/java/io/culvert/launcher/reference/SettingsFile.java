// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a {@code --settings-json} file: objects in objects, whose names joined by dots are the
 * keys; values are strings, numbers or booleans. Unknown keys are ignored with a warning.
 */
public final class SettingsFile {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String name;
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<String, String> regionEndpoints = new LinkedHashMap<>();
  private final List<String> withoutEffect = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();

  private SettingsFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @param file the file.
   * @return its settings.
   * @throws InputException if the file cannot be read or is not JSON, or a value is not allowed.
   */
  public static Settings read(Path file) {
    return parse(TextFile.read(file, "--settings-json '" + file + "'"), file.toString());
  }

  /**
   * Parses the text of a file.
   *
   * @param text the text.
   * @param name the file in messages.
   * @return its settings.
   * @throws InputException as {@link #read(Path)}.
   */
  public static Settings parse(String text, String name) {
    SettingsFile file = new SettingsFile(name);
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InputException(name + ": must be one JSON object");
      }
      file.readObject(parser, "");
      if (parser.nextToken() != null) {
        throw new InputException(
            name + " line " + parser.currentTokenLocation().getLineNr() + ": must end after '}'");
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          name
              + " line "
              + e.getLocation().getLineNr()
              + ": is not JSON: "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new InputException(name + ": cannot be read (" + e.getMessage() + ")", e);
    }
    return file.settings();
  }

  private Settings settings() {
    if (!withoutEffect.isEmpty()) {
      notices.add(Notice.info(name + ": without effect here: " + String.join(", ", withoutEffect)));
    }
    return new Settings(values, regionEndpoints, notices);
  }

  private void readObject(JsonParser parser, String path) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = path + parser.currentName();
      JsonToken token = parser.nextToken();
      String where = name + " line " + parser.currentTokenLocation().getLineNr() + ": " + key;
      if (token == JsonToken.START_OBJECT) {
        readObject(parser, key + ".");
      } else if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL) {
        throw new InputException(where + ": must be a string, a number, true or false");
      } else {
        accept(key, parser.getText().strip(), where);
      }
    }
  }

  private void accept(String key, String value, String where) {
    var setting = Setting.byKey(key);
    if (setting.isPresent()) {
      setting
          .get()
          .problem(value)
          .ifPresent(
              allowed -> {
                throw new InputException(where + " '" + value + "': " + allowed);
              });
      values.put(setting.get(), value);
    } else if (key.startsWith(Setting.REGION_ENDPOINTS)) {
      String region = key.substring(Setting.REGION_ENDPOINTS.length());
      if (!REGION.matcher(region).matches()) {
        throw new InputException(where + ": '" + region + "' must look like us-east-1");
      }
      if (!EndpointSyntax.isService(value)) {
        throw new InputException(where + " '" + value + "': " + EndpointSyntax.SERVICE);
      }
      regionEndpoints.put(region, value);
    } else if (Setting.isWithoutEffect(key)) {
      withoutEffect.add(key);
    } else {
      notices.add(Notice.warning(where + ": unknown, ignored"));
    }
  }
}
