// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelStatus;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

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

  /**
   * Returns its tunnels from the manager of this moment: a restart brings another one. The context
   * of a test would keep the reference to it, and with that Equinox the manager and its memory.
   */
  static List<TunnelStatus> tunnels(BundleContext test) {
    BundleContext context = test.getBundle().getBundleContext();
    ServiceReference<TunnelManager> manager = context.getServiceReference(TunnelManager.class);
    assertThat(manager).as("tunnel manager").isNotNull();
    try {
      return context.getService(manager).tunnels();
    } finally {
      context.ungetService(manager);
    }
  }
}
