// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.StateDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Where client tokens are kept: as configured, else where the platform says by a service, else by a
 * framework property, else nowhere. Safe for all threads.
 */
@Component(name = "io.culvert.StateFolder", service = StateFolder.class)
public final class StateFolder {
  static final String PROPERTY = "io.culvert.state.dir";

  private final @Nullable Path fallback;
  private volatile @Nullable StateDirectory platform;

  /**
   * Starts without a service; it may come at any time.
   *
   * @param context knows the framework property.
   */
  @Activate
  public StateFolder(BundleContext context) {
    String property = context.getProperty(PROPERTY);
    this.fallback = property == null || property.isBlank() ? null : Path.of(property);
  }

  /** Takes the platform's service, which may come at any time. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPlatform(StateDirectory directory) {
    platform = directory;
  }

  void unsetPlatform(StateDirectory gone) {
    if (platform == gone) {
      platform = null;
    }
  }

  /**
   * Returns the folder as things are now.
   *
   * @param configured what the configuration says.
   * @return the folder, which need not be there; null for none.
   */
  @Nullable Path path(@Nullable Path configured) {
    StateDirectory service = platform;
    return configured != null ? configured : service != null ? service.path() : fallback;
  }
}
