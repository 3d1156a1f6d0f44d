// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the manifests of the finished bundles. A wrong import or requirement shows on none of the
 * frameworks here, only on an older one, where the bundle then does not resolve.
 */
class ManifestRulesIT {
  static List<BundleManifest> bundles() {
    return BundleManifest.onClassPath("io.culvert.");
  }

  @Test
  void allBundlesAreRead() {
    assertThat(bundles())
        .extracting(BundleManifest::symbolicName)
        .contains("io.culvert.api", "io.culvert.core", "io.culvert.slf4j", "io.culvert.webconsole");
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void noJavaPackageIsImported(BundleManifest bundle) {
    assertThat(bundle.imports().keySet()).noneMatch(name -> name.startsWith("java."));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void loggingFitsSlf4j1And2(BundleManifest bundle) {
    assertThat(versions(bundle, "org.slf4j")).allMatch("[1.7,3)"::equals);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void frameworkFitsVersion18(BundleManifest bundle) {
    assertThat(Optional.ofNullable(bundle.imports().get("org.osgi.framework")).stream())
        .allMatch("[1.8,2)"::equals);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void java17IsEnough(BundleManifest bundle) {
    assertThat(bundle.filters("osgi.ee"))
        .hasSize(1)
        .allMatch(
            filter -> filter.matches("\\(&\\(osgi\\.ee=JavaSE\\)\\(version=(17|1\\.8)\\)\\)"));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void declarativeServices14AreEnough(BundleManifest bundle) {
    assertThat(bundle.filters("osgi.extender"))
        .filteredOn(filter -> filter.contains("(osgi.extender=osgi.component)"))
        .allMatch(filter -> filter.matches(".*\\(version>=1\\.[34]\\.0\\).*"));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void embeddedLibrariesStayInside(BundleManifest bundle) {
    List<String> names =
        Stream.concat(bundle.exports().stream(), bundle.imports().keySet().stream()).toList();
    assertThat(names)
        .noneMatch(name -> name.startsWith("io.netty") || name.startsWith("com.google.protobuf"))
        .noneMatch(
            name -> name.startsWith("io.culvert.wire") || name.startsWith("io.culvert.proto"))
        .noneMatch(name -> name.startsWith("org.jspecify"));
  }

  @Test
  void coreExportsNothing() {
    assertThat(bundles())
        .filteredOn(bundle -> bundle.symbolicName().equals("io.culvert.core"))
        .singleElement()
        .satisfies(bundle -> assertThat(bundle.exports()).isEmpty());
  }

  private static Stream<String> versions(BundleManifest bundle, String prefix) {
    return bundle.imports().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(Map.Entry::getValue);
  }
}
