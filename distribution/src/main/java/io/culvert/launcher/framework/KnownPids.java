// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.osgi.framework.Bundle;

/**
 * The PIDs that the metatype documents of bundles describe. Immutable.
 *
 * @param single PIDs with one configuration.
 * @param factories PIDs with any number of configurations, each with a name.
 * @param secrets the keys of passwords and the like, by PID.
 */
public record KnownPids(
    SortedSet<String> single, SortedSet<String> factories, Map<String, Set<String>> secrets) {
  private static final String FOLDER = "OSGI-INF/metatype";

  /** Copies the collections. */
  public KnownPids {
    single = Collections.unmodifiableSortedSet(new TreeSet<>(single));
    factories = Collections.unmodifiableSortedSet(new TreeSet<>(factories));
    secrets = Map.copyOf(secrets);
  }

  /**
   * Reads what bundles carry; they need not be started.
   *
   * @throws IOException if a bundle cannot be read.
   */
  static KnownPids of(List<Bundle> bundles) throws IOException {
    Reading reading = new Reading();
    for (Bundle bundle : bundles) {
      Enumeration<URL> documents = bundle.findEntries(FOLDER, "*.xml", false);
      while (documents != null && documents.hasMoreElements()) {
        reading.read(documents.nextElement());
      }
    }
    return new KnownPids(reading.single, reading.factories, reading.secrets);
  }

  /** Returns all PIDs. */
  public SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>(single);
    all.addAll(factories);
    return all;
  }

  private static final class Reading {
    private final XMLInputFactory xml = XMLInputFactory.newDefaultFactory();
    private final SortedSet<String> single = new TreeSet<>();
    private final SortedSet<String> factories = new TreeSet<>();
    private final Map<String, Set<String>> secrets = new HashMap<>();
    private final Map<String, Set<String>> secretsOfDefinition = new HashMap<>();
    private String definition = "";
    private String pid = "";

    Reading() {
      xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    void read(URL document) throws IOException {
      secretsOfDefinition.clear();
      try (InputStream in = document.openStream()) {
        XMLStreamReader reader = xml.createXMLStreamReader(in);
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamReader.START_ELEMENT) {
            element(reader);
          }
        }
      } catch (XMLStreamException e) {
        throw new IOException(document + " is no XML", e);
      }
    }

    /** In a document the definitions come first, then the PIDs that they are for. */
    private void element(XMLStreamReader reader) {
      switch (reader.getLocalName()) {
        case "OCD" -> definition = value(reader, "id");
        case "AD" -> {
          if (value(reader, "type").equals("Password")) {
            secretsOfDefinition
                .computeIfAbsent(definition, id -> new TreeSet<>())
                .add(value(reader, "id"));
          }
        }
        case "Designate" -> {
          String factory = value(reader, "factoryPid");
          pid = factory.isEmpty() ? value(reader, "pid") : factory;
          add(factory.isEmpty() ? single : factories, pid);
        }
        case "Object" ->
            secrets.put(pid, secretsOfDefinition.getOrDefault(value(reader, "ocdref"), Set.of()));
        default -> {
          // Says nothing about PIDs or secrets.
        }
      }
    }

    private static String value(XMLStreamReader reader, String attribute) {
      return Objects.requireNonNullElse(reader.getAttributeValue(null, attribute), "");
    }

    private static void add(SortedSet<String> pids, String pid) {
      if (!pid.isEmpty()) {
        pids.add(pid);
      }
    }
  }
}
