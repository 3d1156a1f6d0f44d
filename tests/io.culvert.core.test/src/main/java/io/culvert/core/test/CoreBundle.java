// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The bundle under test. */
final class CoreBundle {
  private CoreBundle() {}

  /** Returns the bundle as it is installed in the framework. */
  static Bundle in(BundleContext context) {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().equals("io.culvert.core"))
        .findFirst()
        .orElseThrow();
  }
}
