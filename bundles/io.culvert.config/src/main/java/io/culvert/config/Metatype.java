// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a metatype document says of the keys of one configuration: the document that consoles make
 * forms from, so that what they show is what is enforced. Immutable.
 */
final class Metatype {
  private static final String FOLDER = "/OSGI-INF/metatype/";

  private static final Pattern UNIT = Pattern.compile("\\(([^)]+)\\)$");

  private final Map<String, Attribute> attributes;

  private Metatype(Map<String, Attribute> attributes) {
    this.attributes = Collections.unmodifiableMap(attributes);
  }

  /**
   * One key.
   *
   * @param key the key.
   * @param secret whether nobody may see its value.
   * @param many whether it has any number of values.
   * @param preset the value where none is configured; of several none is.
   * @param min the least number allowed, absent for what is no number.
   * @param max the greatest number allowed, likewise.
   * @param unit what a number counts, empty if it has no unit.
   * @param options the only values allowed, empty if there are others.
   */
  record Attribute(
      String key,
      boolean secret,
      boolean many,
      String preset,
      @Nullable Long min,
      @Nullable Long max,
      String unit,
      List<String> options) {}

  /**
   * Reads the document of a PID, which is in the same bundle as its interface.
   *
   * @throws IllegalStateException if there is none: an error in the build.
   */
  static Metatype of(Class<?> definition, String pid) {
    String document = FOLDER + pid + ".xml";
    try (InputStream in = definition.getResourceAsStream(document)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + document);
      }
      XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
      xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      return new Metatype(attributes(xml.createXMLStreamReader(in)));
    } catch (IOException | XMLStreamException e) {
      throw new IllegalStateException(document + " cannot be read", e);
    }
  }

  private static Map<String, Attribute> attributes(XMLStreamReader reader)
      throws XMLStreamException {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    List<String> options = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (reader.getLocalName()) {
        case "AD" -> {
          options = new ArrayList<>();
          Attribute attribute = attribute(reader, options);
          attributes.put(attribute.key(), attribute);
        }
        case "Option" -> options.add(text(reader, "value"));
        default -> {}
      }
    }
    return attributes;
  }

  private static Attribute attribute(XMLStreamReader reader, List<String> options) {
    String cardinality = text(reader, "cardinality");
    return new Attribute(
        text(reader, "id"),
        text(reader, "type").equals("Password"),
        !cardinality.isEmpty() && !cardinality.equals("0"),
        text(reader, "default"),
        number(reader, "min"),
        number(reader, "max"),
        unit(text(reader, "name")),
        Collections.unmodifiableList(options));
  }

  /** A name may end with a unit in parentheses. */
  private static String unit(String name) {
    Matcher unit = UNIT.matcher(name);
    return unit.find() ? unit.group(1) : "";
  }

  private static String text(XMLStreamReader reader, String name) {
    String text = reader.getAttributeValue(null, name);
    return text == null ? "" : text;
  }

  private static @Nullable Long number(XMLStreamReader reader, String name) {
    String text = reader.getAttributeValue(null, name);
    return text == null ? null : Long.valueOf(text);
  }

  /**
   * Returns what is said of a key.
   *
   * @throws IllegalStateException if nothing is: an error in the caller.
   */
  Attribute attribute(String key) {
    Attribute attribute = attributes.get(key);
    if (attribute == null) {
      throw new IllegalStateException("there is no key " + key + " in the metatype");
    }
    return attribute;
  }

  /** Tells whether anything is said of a key. */
  boolean has(String key) {
    return attributes.containsKey(key);
  }

  /** Returns all keys. */
  Collection<Attribute> attributes() {
    return attributes.values();
  }
}
