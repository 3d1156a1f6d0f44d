// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelManager;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The framework of the assembled folder, with a fake in the place of the core bundle. */
class BootIT {
  private static final Path BUNDLES = Path.of("target/culvert/bundle");

  @TempDir private Path folder;
  private Path bundles;

  @BeforeEach
  void copyAllButCore() throws Exception {
    bundles = Files.createDirectory(folder.resolve("bundle"));
    try (Stream<Path> jars = Files.list(BUNDLES)) {
      for (Path jar : jars.toList()) {
        if (!jar.getFileName().toString().startsWith("io.culvert.core")) {
          Files.copy(jar, bundles.resolve(jar.getFileName()));
        }
      }
    }
  }

  @Test
  void configurationsAreThereBeforeTheApplicationAndOnlyInMemory() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    try (FrameworkHost host = FrameworkHost.start(bundles, storage)) {
      host.configure(Map.of("io.culvert.Some", Map.of("key", new String[] {"unusual-value"})));
      host.startApplication();

      BundleContext context = host.context();
      ConfigurationAdmin admin =
          context.getService(context.getServiceReference(ConfigurationAdmin.class));
      assertThat(admin.listConfigurations(null))
          .singleElement()
          .extracting(Configuration::getPid)
          .isEqualTo("io.culvert.Some");
      assertThat(context.getBundles())
          .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE)
          .hasSizeGreaterThan(8);
      assertThat(files(storage))
          .noneMatch(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1)
                      .contains("unusual-value");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }

  @Test
  void theLauncherSharesTheServiceTypesWithTheBundles() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    FakeTunnelManager manager = new FakeTunnelManager();
    try (FrameworkHost host = FrameworkHost.start(bundles, storage)) {
      assertThat(host.awaitTunnelManager(1)).isEmpty();
      host.context().registerService(TunnelManager.class, manager, null);
      assertThat(host.awaitTunnelManager(10_000)).containsSame(manager);
    }
  }

  @Test
  void everyBundleOfTheFolderStarts() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    try (FrameworkHost host = FrameworkHost.start(BUNDLES, storage)) {
      host.startApplication();

      assertThat(host.context().getBundles())
          .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE)
          .anyMatch(bundle -> bundle.getSymbolicName().equals("io.culvert.core"));
    }
  }

  @Test
  void aComponentThatCannotStartIsTold() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    writeBrokenBundle(bundles.resolve("broken.jar"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Log.start(4, new PrintStream(out, true, StandardCharsets.UTF_8));

    try (FrameworkHost host = FrameworkHost.start(bundles, storage)) {
      host.startApplication();
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.contains("ERROR") && line.contains("no.such.Component"));
  }

  private static void writeBrokenBundle(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "io.culvert.broken");
    main.putValue("Service-Component", "component.xml");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry("component.xml"));
      String component =
          """
          <component xmlns="http://www.osgi.org/xmlns/scr/v1.3.0" name="broken" immediate="true">
            <implementation class="no.such.Component"/>
          </component>
          """;
      entries.write(component.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }
}
