// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config;

/** Who is told what became of configurations. May be called from any thread, and does not wait. */
public interface StatusSink {
  /**
   * Takes the outcome of a configuration.
   *
   * @param outcome what became of it.
   * @param another whether the configuration is another than before; else, a status that is as it
   *     was before is nothing new.
   */
  void put(Outcome outcome, boolean another);

  /**
   * Forgets a configuration.
   *
   * @param pid whose it was.
   */
  void remove(String pid);
}
