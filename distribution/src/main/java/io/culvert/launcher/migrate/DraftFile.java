// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.migrate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.culvert.launcher.ConfigKey;
import io.culvert.launcher.process.Console;
import io.culvert.launcher.reference.Item;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A configuration file that is to be written. May hold secrets, so its {@link #toString()} is its
 * name.
 *
 * @param fullPid the PID, with the name of one of several.
 * @param values its content, in the order of the file.
 */
record DraftFile(String fullPid, Map<ConfigKey, Object> values) {

  private static final String SUFFIX = ".cfg.json";

  /** Returns a PID with the name of the tunnel if it is a tunnel's. */
  static String fullPid(String pid, String tunnel) {
    return pid.equals(ConfigKey.Pid.TUNNEL) ? pid + "~" + tunnel : pid;
  }

  /** Returns the name of the file of a tunnel. */
  static String tunnel(String name) {
    return fullPid(ConfigKey.Pid.TUNNEL, name) + SUFFIX;
  }

  /** Returns the name of the file. */
  String name() {
    return fullPid + SUFFIX;
  }

  boolean isSecret() {
    return values.keySet().stream().anyMatch(ConfigKey::isSecret);
  }

  /** Returns what is to be written. */
  String text(String comment) {
    return text(comment, false);
  }

  /** Returns what may be shown. */
  String shown(String comment) {
    return text(comment, true);
  }

  @Override
  public String toString() {
    return name();
  }

  private String text(String comment, boolean hide) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(pretty());
      json.writeStartObject();
      for (Map.Entry<ConfigKey, Object> entry : values.entrySet()) {
        json.writeFieldName(entry.getKey().key());
        write(json, hide && entry.getKey().isSecret() ? Item.HIDDEN : entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "// " + Console.oneLine(comment) + "\n" + out + "\n";
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Entries entries) {
      json.writeStartArray();
      for (String pair : entries.pairs()) {
        json.writeString(pair);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }

  private static DefaultPrettyPrinter pretty() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withRootSeparator("");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    return printer;
  }
}
