// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A copy of the program, of which a test can change the bundles. */
final class ProgramCopy {
  private ProgramCopy() {}

  /** Makes a copy. */
  static Path make(Path home) throws IOException {
    try (Stream<Path> tree = Files.walk(GatewayProcess.HOME)) {
      for (Path file : tree.toList()) {
        Path to = home.resolve(GatewayProcess.HOME.relativize(file).toString());
        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return home;
  }

  /** Removes the bundles whose files begin with a name. */
  static void remove(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(name)) {
          Files.delete(file);
        }
      }
    }
  }

  /** Writes a bundle that has nothing but headers. */
  static void writeBundle(Path jar, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    headers.forEach(manifest.getMainAttributes()::putValue);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
