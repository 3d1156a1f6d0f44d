// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes bundles that keep to every rule, but for what a test changes about them. */
final class BundleWriter {
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private LocalDateTime time = SameBytes.TIME;

  BundleWriter(String symbolicName) {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    header("Bundle-SymbolicName", symbolicName);
    header("Require-Capability", "osgi.ee;filter:='(&(osgi.ee=JavaSE)(version=17))'");
    entry("a/A.class", classFile(61));
  }

  BundleWriter header(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  BundleWriter entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  BundleWriter entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  BundleWriter time(LocalDateTime time) {
    this.time = time;
    return this;
  }

  FinishedBundle write(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "bundle", ".jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      next(jar, JarFile.MANIFEST_NAME);
      manifest.write(jar);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        next(jar, entry.getKey());
        jar.write(entry.getValue());
      }
    }
    return FinishedBundle.of(file);
  }

  private void next(JarOutputStream jar, String name) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTimeLocal(time);
    jar.putNextEntry(entry);
  }

  /** Returns the beginning of a class file. */
  static byte[] classFile(int version) {
    return new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) version};
  }
}
