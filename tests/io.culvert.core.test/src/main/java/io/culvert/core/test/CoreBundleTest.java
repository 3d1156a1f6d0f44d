// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.junit5.context.BundleContextExtension;

/** The finished bundles in a real framework: resolved, started, native code found. */
@ExtendWith(BundleContextExtension.class)
class CoreBundleTest {
  @InjectBundleContext BundleContext context;

  @Test
  void everyBundleIsActive() {
    assertThat(context.getBundles())
        .filteredOn(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
        .allSatisfy(
            bundle -> assertThat(bundle.getState()).as("%s", bundle).isEqualTo(Bundle.ACTIVE));
  }
}
