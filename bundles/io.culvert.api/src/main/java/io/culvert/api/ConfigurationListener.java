// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears what becomes of configurations: register it as a service. When it comes, it first hears of
 * each configuration as it stands.
 */
@ConsumerType
@FunctionalInterface
public interface ConfigurationListener {
  /**
   * Called when a component was given another configuration, or the same one fares otherwise. Runs
   * on the thread that brought it, one call at a time: return fast, and do not wait for other
   * configurations.
   *
   * @param status what became of it.
   */
  void changed(ConfigurationStatus status);

  /**
   * Called when a configured tunnel is no longer configured, or the component has ended.
   *
   * @param pid whose configuration has gone.
   */
  default void removed(String pid) {}
}
