// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Domain;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/**
 * One finished bundle: its manifest, and what its jar holds. Immutable; the file is opened for each
 * reading.
 *
 * @param file the jar.
 * @param symbolicName the bundle's symbolic name, empty if it has none.
 * @param headers the headers of the manifest, parsed.
 * @param entries what the jar holds, in its order.
 */
record FinishedBundle(Path file, String symbolicName, Domain headers, List<JarEntry> entries) {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  /** Reads a jar. */
  static FinishedBundle of(Path file) {
    try (JarFile jar = new JarFile(file.toFile())) {
      Domain headers = Domain.domain(jar.getManifest());
      var name = headers.getBundleSymbolicName();
      return new FinishedBundle(
          file, name == null ? "" : name.getKey(), headers, Collections.list(jar.entries()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all bundles on the class path whose names start with {@code prefix}. */
  static List<FinishedBundle> onClassPath(String prefix) {
    try {
      ClassLoader loader = FinishedBundle.class.getClassLoader();
      List<Path> jars = new ArrayList<>();
      for (var url : Collections.list(loader.getResources(MANIFEST))) {
        if (url.openConnection() instanceof JarURLConnection jar) {
          jars.add(Path.of(jar.getJarFileURL().toURI()));
        }
      }
      return jars.stream()
          .map(FinishedBundle::of)
          .filter(bundle -> bundle.symbolicName.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the packages imported at once or later, with their version ranges, else empty. */
  Map<String, String> imports() {
    Map<String, String> ranges = new TreeMap<>();
    Parameters imports = new Parameters(headers.getImportPackage());
    imports.putAll(headers.getDynamicImportPackage());
    imports.forEach((name, attributes) -> ranges.put(name, version(attributes)));
    return ranges;
  }

  /** Returns the names of the exported packages. */
  Set<String> exports() {
    return headers.getExportPackage().keySet();
  }

  /** Returns the filters of the required capabilities in one namespace. */
  List<String> filters(String namespace) {
    return requirements(namespace)
        .map(requirement -> requirement.get(Constants.FILTER_DIRECTIVE))
        .toList();
  }

  /** Returns the filters of those without which the bundle cannot do. */
  List<String> mandatoryFilters(String namespace) {
    return requirements(namespace)
        .filter(
            requirement ->
                !Constants.OPTIONAL.equals(requirement.get(Constants.RESOLUTION_DIRECTIVE)))
        .map(requirement -> requirement.get(Constants.FILTER_DIRECTIVE))
        .toList();
  }

  private Stream<Attrs> requirements(String namespace) {
    return headers.getRequireCapability().entrySet().stream()
        .filter(entry -> Processor.removeDuplicateMarker(entry.getKey()).equals(namespace))
        .map(Map.Entry::getValue);
  }

  /** Returns the XML documents of a folder by their names. */
  Map<String, Document> documents(String folder) {
    Map<String, Document> documents = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      for (JarEntry entry : entries) {
        String name = entry.getName();
        if (name.matches("\\Q" + folder + "\\E/[^/]+\\.xml")) {
          try (InputStream in = jar.getInputStream(entry)) {
            documents.put(name, factory.newDocumentBuilder().parse(in));
          }
        }
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(file + " has a damaged document in " + folder, e);
    }
  }

  /** Returns the class files by the version of their format. */
  Map<Integer, List<String>> classes() {
    Map<Integer, List<String>> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      for (JarEntry entry : entries) {
        if (entry.getName().endsWith(".class")) {
          try (InputStream in = jar.getInputStream(entry)) {
            byte[] head = in.readNBytes(8);
            int version = (head[6] & 0xff) << 8 | head[7] & 0xff;
            classes.computeIfAbsent(version, ignored -> new ArrayList<>()).add(entry.getName());
          }
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version(Attrs attributes) {
    String version = attributes.get(Constants.VERSION_ATTRIBUTE);
    return version == null ? "" : version;
  }

  @Override
  public String toString() {
    return symbolicName;
  }
}
