// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.bundles.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies every rule to every finished bundle. */
class BundleRulesIT {
  static List<FinishedBundle> bundles() {
    return FinishedBundle.onClassPath("io.culvert.");
  }

  static List<Rule> rules() {
    return Rule.ALL;
  }

  @Test
  void allBundlesAreRead() {
    assertThat(bundles())
        .extracting(FinishedBundle::symbolicName)
        .containsExactlyInAnyOrder(
            "io.culvert.api",
            "io.culvert.core",
            "io.culvert.kura",
            "io.culvert.mqtt",
            "io.culvert.slf4j",
            "io.culvert.webconsole");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyBundleKeepsToTheRule(Rule rule) {
    for (FinishedBundle bundle : bundles()) {
      assertThat(rule.complaints(bundle)).as(bundle.symbolicName()).isEmpty();
    }
  }

  @Test
  void coreExportsNothing() {
    assertThat(bundles())
        .filteredOn(bundle -> bundle.symbolicName().equals("io.culvert.core"))
        .singleElement()
        .satisfies(bundle -> assertThat(bundle.exports()).isEmpty());
  }
}
