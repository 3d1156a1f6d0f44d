// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.ConfigurationStatus;

/** Who is told what became of configurations. May be called from any thread, and does not wait. */
public interface StatusSink {
  /**
   * Takes the status of a configuration.
   *
   * @param status what became of it.
   * @param another whether the configuration is another than before; else, a status that is as it
   *     was before is nothing new.
   */
  void put(ConfigurationStatus status, boolean another);

  /**
   * Forgets a configuration.
   *
   * @param pid whose it was.
   */
  void remove(String pid);
}
