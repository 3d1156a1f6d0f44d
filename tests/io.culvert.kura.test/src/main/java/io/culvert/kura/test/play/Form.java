// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What can be configured of a component, as Kura finds it: in a file that is named after the pid,
 * in the definition whose id is the pid.
 *
 * @param factory whether there are instances.
 * @param attributes the attributes.
 */
record Form(boolean factory, List<Attribute> attributes) {
  /** Returns the form of a pid, or null if the bundle has none that Kura would find. */
  static @Nullable Form read(Bundle bundle, String pid) throws IOException {
    URL file = bundle.getEntry("OSGI-INF/metatype/" + pid + ".xml");
    if (file == null) {
      return null;
    }
    Element metadata = parse(file);
    Element definition = find(metadata, "OCD", "id", pid);
    if (definition == null) {
      return null;
    }
    List<Attribute> attributes = new ArrayList<>();
    for (Element element : elements(definition, "AD")) {
      attributes.add(Attribute.of(element));
    }
    boolean factory = find(metadata, "Designate", "factoryPid", pid) != null;
    return new Form(factory, List.copyOf(attributes));
  }

  private static Element parse(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file.toString(), e);
    }
  }

  private static @Nullable Element find(Element parent, String name, String key, String value) {
    return elements(parent, name).stream()
        .filter(element -> element.getAttribute(key).equals(value))
        .findFirst()
        .orElse(null);
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      elements.add((Element) node);
    }
    return elements;
  }

  /** Returns the values that a new configuration has; an empty default is none. */
  Map<String, Object> defaults() {
    Map<String, Object> defaults = new HashMap<>();
    for (Attribute attribute : attributes) {
      if (!attribute.standard().isEmpty()) {
        defaults.put(attribute.id(), attribute.standardValue());
      }
    }
    return defaults;
  }

  boolean isPassword(String key) {
    return attributes.stream()
        .anyMatch(attribute -> attribute.id().equals(key) && attribute.type().equals("Password"));
  }
}
