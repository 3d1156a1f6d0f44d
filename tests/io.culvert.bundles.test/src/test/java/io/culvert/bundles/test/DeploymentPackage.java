// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A finished deployment package, read as a gateway does: from the beginning to the end.
 *
 * @param manifest the manifest as it is written.
 * @param entries what is inside, in its order.
 * @param times the time of each entry.
 */
record DeploymentPackage(
    String manifest, LinkedHashMap<String, byte[]> entries, Map<String, LocalDateTime> times) {
  private static final String NAME = "Name: ";

  /** Reads a package. */
  static DeploymentPackage of(Path file) throws IOException {
    LinkedHashMap<String, byte[]> entries = new LinkedHashMap<>();
    Map<String, LocalDateTime> times = new HashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
        times.put(entry.getName(), entry.getTimeLocal());
      }
    }
    byte[] manifest = entries.get(JarFile.MANIFEST_NAME);
    return new DeploymentPackage(new String(manifest, StandardCharsets.UTF_8), entries, times);
  }

  /** Returns the names of the manifest's sections, in their order. */
  List<String> sections() {
    return manifest
        .lines()
        .filter(line -> line.startsWith(NAME))
        .map(line -> line.substring(NAME.length()))
        .toList();
  }

  /** Returns a header of the whole package. */
  String header(String name) throws IOException {
    return parsed().getMainAttributes().getValue(name);
  }

  /** Returns a header of a section. */
  String header(String section, String name) throws IOException {
    return parsed().getAttributes(section).getValue(name);
  }

  /** Unpacks one of the bundles into a folder. */
  FinishedBundle bundle(String section, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "bundle", ".jar");
    return FinishedBundle.of(Files.write(file, entries.get(section)));
  }

  private Manifest parsed() throws IOException {
    return new Manifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
  }
}
