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

  /**
   * Returns whether this listener says in the log what it hears, for example with the file that a
   * configuration comes from. While there is one that does, nobody else says it.
   */
  default boolean isLogging() {
    return false;
  }
}
