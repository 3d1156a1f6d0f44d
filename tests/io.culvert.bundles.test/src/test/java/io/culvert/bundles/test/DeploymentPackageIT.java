// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the deployment package for Kura 5. */
class DeploymentPackageIT {
  private static final Path FILE = Path.of(System.getProperty("package.dp"));
  private static final Path ROOT = Path.of("..", "..");
  private static final int LIMIT = 6_000_000;

  private static DeploymentPackage dp;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    dp = DeploymentPackage.of(FILE);
  }

  @Test
  void manifestComesFirstThenTheBundlesInItsOrderThenTheRest() {
    List<String> expected = new ArrayList<>();
    expected.add("META-INF/MANIFEST.MF");
    expected.addAll(dp.sections());
    expected.addAll(List.of("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/culvert.svg"));
    assertThat(dp.entries().keySet()).containsExactlyElementsOf(expected);
  }

  @Test
  void adapterComesBeforeApiAndCoreAndNothingElseIsInside() throws IOException {
    List<String> names = new ArrayList<>();
    for (FinishedBundle bundle : bundles()) {
      names.add(bundle.symbolicName());
    }
    assertThat(names).containsExactly("io.culvert.kura", "io.culvert.api", "io.culvert.core");
  }

  @Test
  void sectionsSayWhatTheirBundlesSay() throws IOException {
    for (String section : dp.sections()) {
      FinishedBundle bundle = dp.bundle(section, folder);
      assertThat(dp.header(section, "Bundle-SymbolicName")).isEqualTo(bundle.symbolicName());
      assertThat(dp.header(section, "Bundle-Version"))
          .isEqualTo(bundle.headers().getBundleVersion());
    }
  }

  @Test
  void bundlesAreThoseThatTheRulesAreAppliedTo() throws IOException {
    List<FinishedBundle> ruled = FinishedBundle.onClassPath("io.culvert.");
    for (FinishedBundle bundle : bundles()) {
      assertThat(ruled)
          .filteredOn(each -> each.symbolicName().equals(bundle.symbolicName()))
          .singleElement()
          .satisfies(each -> assertThat(bundle.file()).hasSameBinaryContentAs(each.file()));
    }
  }

  @Test
  void itsVersionIsTheVersionOfItsBundles() throws IOException {
    assertThat(dp.header("DeploymentPackage-ManifestVersion")).isEqualTo("1");
    assertThat(dp.header("DeploymentPackage-SymbolicName")).isEqualTo("io.culvert");
    assertThat(bundles())
        .extracting(bundle -> bundle.headers().getBundleVersion())
        .containsOnly(dp.header("DeploymentPackage-Version"));
  }

  @Test
  void licenceAndIconAreThoseOfTheProject() throws IOException {
    assertThat(dp.entries().get("META-INF/LICENSE"))
        .isEqualTo(Files.readAllBytes(ROOT.resolve("LICENSE")));
    assertThat(dp.entries().get("META-INF/NOTICE"))
        .isEqualTo(Files.readAllBytes(ROOT.resolve("NOTICE")));
    assertThat(dp.entries()).containsKey(dp.header("DeploymentPackage-Icon"));
  }

  @Test
  void nothingTellsWhenItWasMade() throws IOException {
    assertThat(dp.times().values()).containsOnly(SameBytes.TIME);
    assertThat(dp.header("Created-By")).isNull();
  }

  @Test
  void itIsSmallEnoughForASlowLink() throws IOException {
    assertThat(Files.size(FILE)).isLessThanOrEqualTo(LIMIT);
  }

  private List<FinishedBundle> bundles() throws IOException {
    List<FinishedBundle> bundles = new ArrayList<>();
    for (String section : dp.sections()) {
      bundles.add(dp.bundle(section, folder));
    }
    return bundles;
  }
}
