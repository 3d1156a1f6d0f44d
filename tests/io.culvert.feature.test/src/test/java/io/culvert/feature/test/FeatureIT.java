// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.feature.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;
import org.osgi.util.tracker.ServiceTracker;

/** Reads the finished feature as a launcher does, and starts it. */
class FeatureIT {
  private static final Path FILE = Path.of(System.getProperty("feature"));
  private static final Path REPOSITORY = Path.of(System.getProperty("repository"));
  private static final String VERSION = System.getProperty("project.version");
  private static final String MANAGER = "io.culvert.api.TunnelManager";
  private static final long LIMIT_MILLIS = 60_000;

  private static Feature feature;

  @TempDir private Path storage;

  @BeforeAll
  static void read() throws IOException {
    FeatureService service = ServiceLoader.load(FeatureService.class).findFirst().orElseThrow();
    try (Reader in = Files.newBufferedReader(FILE)) {
      feature = service.readFeature(in);
    }
  }

  @Test
  void itsNameIsWhereMavenHasIt() {
    ID id = feature.getID();
    assertThat(id.getGroupId()).isEqualTo("io.culvert");
    assertThat(id.getArtifactId()).isEqualTo("culvert-features");
    assertThat(id.getType()).contains(ID.FEATURE_ID_TYPE);
    assertThat(id.getClassifier()).isEmpty();
    assertThat(id.getVersion()).isEqualTo(VERSION);
  }

  @Test
  void itSaysWhatItIs() throws IOException {
    assertThat(Files.readString(FILE)).contains("\"feature-resource-version\": \"1.0\"");
    assertThat(feature.getName()).contains("Culvert");
    assertThat(feature.getDescription()).isPresent();
    assertThat(feature.getVendor()).contains("Culvert authors");
    assertThat(feature.getLicense()).contains("https://opensource.org/licenses/Apache-2.0");
    assertThat(feature.isComplete()).isTrue();
  }

  @Test
  void ofTheProjectItHasApiCoreAndMqttInThisVersion() {
    assertThat(feature.getBundles())
        .map(bundle -> bundle.getID().toString())
        .filteredOn(id -> id.startsWith("io.culvert:"))
        .containsExactly(
            "io.culvert:io.culvert.api:" + VERSION,
            "io.culvert:io.culvert.core:" + VERSION,
            "io.culvert:io.culvert.mqtt:" + VERSION);
  }

  @Test
  void itsBundlesAreAllThatFelixNeedsForATunnelManager() throws Exception {
    try (FeatureLaunch launch = new FeatureLaunch(feature, REPOSITORY, storage)) {
      ServiceTracker<?, ?> managers = new ServiceTracker<>(launch.context(), MANAGER, null);
      managers.open(true);
      assertThat(managers.waitForService(LIMIT_MILLIS)).isNotNull();
      assertThat(managers.getServiceReference().getBundle().getSymbolicName())
          .isEqualTo("io.culvert.core");
      assertThat(launch.bundles())
          .hasSameSizeAs(feature.getBundles())
          .allSatisfy(bundle -> assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE));
      assertThat(packages(launch))
          .isNotEmpty()
          .noneMatch(name -> name.startsWith("org.eclipse.kura"));
      managers.close();
    }
  }

  private static List<String> packages(FeatureLaunch launch) {
    return Arrays.stream(launch.context().getBundles())
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .flatMap(it -> it.getDeclaredCapabilities(BundleRevision.PACKAGE_NAMESPACE).stream())
        .map(BundleCapability::getAttributes)
        .map(attributes -> attributes.get(BundleRevision.PACKAGE_NAMESPACE).toString())
        .toList();
  }
}
