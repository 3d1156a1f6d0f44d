// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a {@code --settings-json} file: objects in objects, whose names joined by dots are the
 * keys; values are strings, numbers or booleans. Unknown keys are ignored.
 */
public final class SettingsFile {
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]+");

  /** A key that can be shown. Other text may be a token in the place of a name. */
  private static final Pattern NAMES = Pattern.compile("[a-z0-9_-]{1,31}(\\.[a-z0-9_-]{1,31})*");

  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);
  private final Map<String, String> regionEndpoints = new LinkedHashMap<>();
  private final List<Item> items = new ArrayList<>();

  private SettingsFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @param file the file.
   * @return its settings.
   * @throws InputException if the file cannot be read or is not JSON.
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
   * @throws InputException if the text is not JSON.
   */
  public static Settings parse(String text, String name) {
    SettingsFile file = new SettingsFile(name);
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InputException(name + ": must be one JSON object");
      }
      file.readObject(parser, "", false);
      if (parser.nextToken() != null) {
        throw new InputException(file.place(parser) + ": must end after '}'");
      }
    } catch (JsonProcessingException e) {
      Place place = new Place(name, e.getLocation().getLineNr());
      // Jackson's own message repeats the text, which may be a token; so it is not even the cause.
      throw new InputException(
          place + ": is not JSON from column " + e.getLocation().getColumnNr() + " on");
    } catch (IOException e) {
      throw new InputException(name + ": cannot be read (" + e.getMessage() + ")", e);
    }
    return new Settings(file.values, file.regionEndpoints, file.items);
  }

  private void readObject(JsonParser parser, String path, boolean again) throws IOException {
    Set<String> names = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = path + parser.currentName();
      boolean twice = !names.add(key) || again;
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        readObject(parser, key + ".", twice);
      } else if (token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL) {
        String problem = "must be a string, a number, true or false";
        items.add(shown(new Item(place(parser), key, null, Verdict.WRONG, problem)));
        parser.skipChildren();
      } else {
        Item item = judge(Item.usable(place(parser), key, parser.getText().strip()), twice);
        items.add(shown(item));
        if (item.isUsable()) {
          keep(item);
        }
      }
    }
  }

  private Place place(JsonParser parser) {
    return new Place(name, parser.currentTokenLocation().getLineNr());
  }

  private static Item shown(Item item) {
    return item.isUsable() || NAMES.matcher(item.key()).matches() ? item : item.withoutText();
  }

  private static Item judge(Item item, boolean twice) {
    String key = item.key();
    Optional<String> reason = Setting.whyWithoutEffect(key);
    if (reason.isPresent()) {
      return item.with(Verdict.WITHOUT_EFFECT, reason.get());
    }
    if (Setting.byKey(key).isEmpty() && !key.startsWith(Setting.REGION_ENDPOINTS)) {
      return new Item(item.place(), key, null, Verdict.DOUBTFUL, "is unknown and ignored");
    }
    if (twice) {
      return item.with(Verdict.WRONG, "comes twice, and the first counts");
    }
    return problem(key, String.valueOf(item.value()))
        .map(problem -> item.with(Verdict.WRONG, problem))
        .orElse(item);
  }

  private static Optional<String> problem(String key, String value) {
    Optional<Setting> setting = Setting.byKey(key);
    if (setting.isPresent()) {
      return setting.get().problem(value);
    }
    if (!REGION.matcher(region(key)).matches()) {
      return Optional.of("must be for a region, which looks like us-east-1");
    }
    return EndpointSyntax.isService(value) ? Optional.empty() : Optional.of(EndpointSyntax.SERVICE);
  }

  private void keep(Item item) {
    String value = String.valueOf(item.value());
    Setting.byKey(item.key())
        .ifPresentOrElse(
            setting -> values.put(setting, value),
            () -> regionEndpoints.put(region(item.key()), value));
  }

  private static String region(String key) {
    return key.substring(Setting.REGION_ENDPOINTS.length());
  }
}
