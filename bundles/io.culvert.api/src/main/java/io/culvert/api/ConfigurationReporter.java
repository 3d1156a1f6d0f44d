// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Hears from components in other bundles what became of their configurations, and tells the log,
 * the listeners and {@link Configurations}. A service; its methods may be called from any thread,
 * and do not wait.
 */
@ProviderType
public interface ConfigurationReporter {
  /**
   * Takes what became of a configuration.
   *
   * @param status what became of it; never holds a secret.
   * @param code what kind of error it is if there are errors.
   * @param instead what is in force if it is not, in words such as {@code the defaults stay}.
   * @param another whether the configuration is another than before; else, a status that is as it
   *     was before is nothing new.
   */
  void put(ConfigurationStatus status, ErrorCode code, String instead, boolean another);

  /**
   * Forgets a configuration: the component has ended.
   *
   * @param pid whose it was.
   */
  void remove(String pid);
}
