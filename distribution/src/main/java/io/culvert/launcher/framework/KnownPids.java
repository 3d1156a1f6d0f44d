// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * The PIDs that the metatype documents of bundles describe. Immutable.
 *
 * @param single PIDs with one configuration.
 * @param factories PIDs with any number of configurations, each with a name.
 */
public record KnownPids(SortedSet<String> single, SortedSet<String> factories) {
  private static final String FOLDER = "OSGI-INF/metatype";

  /** Copies the sets. */
  public KnownPids {
    single = Collections.unmodifiableSortedSet(new TreeSet<>(single));
    factories = Collections.unmodifiableSortedSet(new TreeSet<>(factories));
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
    return new KnownPids(reading.single, reading.factories);
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

    Reading() {
      xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    void read(URL document) throws IOException {
      try (InputStream in = document.openStream()) {
        XMLStreamReader reader = xml.createXMLStreamReader(in);
        while (reader.hasNext()) {
          if (reader.next() == XMLStreamReader.START_ELEMENT
              && reader.getLocalName().equals("Designate")) {
            add(single, reader.getAttributeValue(null, "pid"));
            add(factories, reader.getAttributeValue(null, "factoryPid"));
          }
        }
      } catch (XMLStreamException e) {
        throw new IOException(document + " is no XML", e);
      }
    }

    private static void add(SortedSet<String> pids, @Nullable String pid) {
      if (pid != null && !pid.isEmpty()) {
        pids.add(pid);
      }
    }
  }
}
