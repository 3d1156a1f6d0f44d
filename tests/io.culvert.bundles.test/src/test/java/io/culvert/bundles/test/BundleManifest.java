// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import aQute.bnd.header.Attrs;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Domain;
import aQute.bnd.osgi.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;

/**
 * The manifest of one finished bundle.
 *
 * @param symbolicName the bundle's symbolic name.
 * @param headers the headers, parsed.
 */
record BundleManifest(String symbolicName, Domain headers) {
  /** Reads the manifests of all bundles on the class path whose names start with {@code prefix}. */
  static List<BundleManifest> onClassPath(String prefix) {
    try {
      ClassLoader loader = BundleManifest.class.getClassLoader();
      return Collections.list(loader.getResources("META-INF/MANIFEST.MF")).stream()
          .map(BundleManifest::read)
          .filter(bundle -> bundle.symbolicName.startsWith(prefix))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BundleManifest read(URL url) {
    try (InputStream in = url.openStream()) {
      Domain headers = Domain.domain(new Manifest(in));
      var name = headers.getBundleSymbolicName();
      return new BundleManifest(name == null ? "" : name.getKey(), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the imported packages with their version ranges, empty where there is none. */
  Map<String, String> imports() {
    Map<String, String> ranges = new TreeMap<>();
    headers.getImportPackage().forEach((name, attributes) -> ranges.put(name, version(attributes)));
    return ranges;
  }

  /** Returns the names of the exported packages. */
  Set<String> exports() {
    return headers.getExportPackage().keySet();
  }

  /** Returns the filters of the required capabilities in one namespace. */
  List<String> filters(String namespace) {
    return headers.getRequireCapability().entrySet().stream()
        .filter(entry -> Processor.removeDuplicateMarker(entry.getKey()).equals(namespace))
        .map(entry -> entry.getValue().get(Constants.FILTER_DIRECTIVE))
        .toList();
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
