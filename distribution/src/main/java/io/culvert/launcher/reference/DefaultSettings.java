// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes our defaults in the form that {@link SettingsFile} and the reference read. */
public final class DefaultSettings {
  private static final Map<String, String> REGION_ENDPOINTS =
      Map.of(
          "cn-north-1", "data.tunneling.iot.cn-north-1.amazonaws.com.cn",
          "cn-northwest-1", "data.tunneling.iot.cn-northwest-1.amazonaws.com.cn");

  private DefaultSettings() {}

  /**
   * Writes the defaults into a file and replaces what was there.
   *
   * @param file the file.
   * @return a line that says so.
   * @throws InputException if the file cannot be written.
   */
  public static String write(Path file) {
    String done = Files.exists(file) ? "Overwrote " : "Wrote ";
    try {
      Files.writeString(file, toJson());
      return done + file + " with the default settings";
    } catch (IOException e) {
      throw new InputException(
          "--export-default-settings '" + file + "': cannot be written (" + e + ")", e);
    }
  }

  /**
   * Returns the defaults.
   *
   * @return JSON text that ends with a line feed.
   */
  public static String toJson() {
    Map<String, String> flat = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      setting.defaultValue().ifPresent(value -> flat.put(setting.key(), value));
    }
    REGION_ENDPOINTS.keySet().stream()
        .sorted()
        .forEach(
            region -> flat.put(Setting.REGION_ENDPOINTS + region, REGION_ENDPOINTS.get(region)));
    StringWriter out = new StringWriter();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter())) {
      writeNested(json, flat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out + "\n";
  }

  /** Writes keys of one level side by side, so they must come grouped by their first levels. */
  private static void writeNested(JsonGenerator json, Map<String, String> flat) throws IOException {
    List<String> open = new ArrayList<>();
    json.writeStartObject();
    for (Map.Entry<String, String> entry : flat.entrySet()) {
      List<String> path = List.of(entry.getKey().split("\\."));
      int common = 0;
      while (common < open.size() && open.get(common).equals(path.get(common))) {
        common++;
      }
      while (open.size() > common) {
        json.writeEndObject();
        open.remove(open.size() - 1);
      }
      while (open.size() < path.size() - 1) {
        json.writeObjectFieldStart(path.get(open.size()));
        open.add(path.get(open.size()));
      }
      json.writeStringField(path.get(path.size() - 1), entry.getValue());
    }
    while (!open.isEmpty()) {
      json.writeEndObject();
      open.remove(open.size() - 1);
    }
    json.writeEndObject();
  }
}
