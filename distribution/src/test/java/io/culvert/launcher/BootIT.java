// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelManager;
import io.culvert.launcher.framework.FrameworkHost;
import io.culvert.launcher.framework.FrameworkSettings;
import io.culvert.launcher.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
    try (FrameworkHost host = FrameworkHost.start(FrameworkSettings.inMemory(bundles, storage))) {
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
    try (FrameworkHost host = FrameworkHost.start(FrameworkSettings.inMemory(bundles, storage))) {
      CompletableFuture<TunnelManager> found = host.service(TunnelManager.class);
      assertThat(found).isNotDone();
      host.context().registerService(TunnelManager.class, manager, null);
      assertThat(found).isCompletedWithValue(manager);
    }
  }

  @Test
  void everyBundleOfTheFolderStarts() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    try (FrameworkHost host = FrameworkHost.start(FrameworkSettings.inMemory(BUNDLES, storage))) {
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
    CompletableFuture<String> told = new CompletableFuture<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains("no.such.Component"))
                .findFirst()
                .ifPresent(told::complete);
          }
        };
    Log.start(4, new PrintStream(out, true, StandardCharsets.UTF_8));

    try (FrameworkHost host = FrameworkHost.start(FrameworkSettings.inMemory(bundles, storage))) {
      host.startApplication();
      // The framework hands log entries to their readers on a thread of its own.
      assertThat(told).succeedsWithin(Duration.ofMinutes(1));
    }
  }

  @Test
  void aBundleOfOthersThatDoesNotStartIsToldAndTheRestGoesOn() throws Exception {
    Path storage = Files.createDirectory(folder.resolve("storage"));
    Path more = Files.createDirectory(folder.resolve("more"));
    Files.writeString(more.resolve("text.jar"), "no jar");
    writeBundle(more.resolve("needy.jar"), "com.example.needy", "com.example.nowhere");
    writeBundle(more.resolve("other.jar"), "com.example.other", "org.osgi.framework");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Log.start(4, new PrintStream(out, true, StandardCharsets.UTF_8));
    FrameworkSettings settings =
        new FrameworkSettings(List.of(bundles), storage, List.of(FrameworkSettings.API), Map.of());

    try (FrameworkHost host = FrameworkHost.start(settings)) {
      host.startApplication();
      host.startGuests(folder.resolve("none"));
      host.startGuests(more);

      assertThat(host.context().getBundles())
          .filteredOn(bundle -> bundle.getState() != Bundle.ACTIVE)
          .extracting(Bundle::getSymbolicName)
          .containsExactly("com.example.needy");
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.contains("ERROR " + more.resolve("text.jar") + " cannot be inst"))
        .anyMatch(
            line -> line.contains("ERROR " + more.resolve("needy.jar") + " cannot be started: "));
  }

  private static void writeBundle(Path jar, String name, String imported) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Import-Package", imported);
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
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
