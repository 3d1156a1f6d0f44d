// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A deployment package made of the one that was built: with another name, version, or order of its
 * bundles.
 *
 * @param name its symbolic name.
 * @param version its version and that of its bundles, 0 for those that were built.
 * @param bundles the symbolic names of its bundles in their order.
 */
record PackageFile(String name, String version, List<String> bundles) {
  /** The package as it was built. */
  static final Path BUILT = Path.of(System.getProperty("kura.package"));

  /** Its name. */
  static final String NAME = "io.culvert";

  static final List<String> ADAPTER_FIRST =
      List.of("io.culvert.kura", "io.culvert.api", "io.culvert.core");
  static final List<String> ADAPTER_LAST =
      List.of("io.culvert.api", "io.culvert.core", "io.culvert.kura");

  /** Returns the package with its bundles in another version. */
  static PackageFile version(String version) {
    return new PackageFile(NAME, version, ADAPTER_FIRST);
  }

  /** Writes it and returns the file. */
  Path in(Path folder) throws IOException {
    Path file = folder.resolve(name + "-" + version + ".dp");
    StringBuilder manifest =
        new StringBuilder("Manifest-Version: 1.0\nDeploymentPackage-ManifestVersion: 1\n")
            .append("DeploymentPackage-SymbolicName: " + name + "\n")
            .append("DeploymentPackage-Version: " + version + "\n\n");
    List<byte[]> contents = new ArrayList<>();
    try (JarFile built = new JarFile(BUILT.toFile())) {
      for (String bundle : bundles) {
        byte[] jar = built.getInputStream(built.getEntry(path(bundle))).readAllBytes();
        contents.add(versioned(jar));
        manifest
            .append("Name: " + path(bundle) + "\nBundle-SymbolicName: " + bundle + "\n")
            .append("Bundle-Version: " + version + "\n\n");
      }
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      put(out, JarFile.MANIFEST_NAME, manifest.toString().getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < contents.size(); i++) {
        put(out, path(bundles.get(i)), contents.get(i));
      }
    }
    return file;
  }

  private static String path(String bundle) {
    return "bundles/" + bundle + ".jar";
  }

  private byte[] versioned(byte[] jar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
      Manifest manifest = in.getManifest();
      Attributes main = manifest.getMainAttributes();
      main.putValue("Bundle-Version", version);
      try (OutputStream file = bytes;
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          put(out, entry.getName(), in.readAllBytes());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
