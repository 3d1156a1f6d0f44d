// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.util.List;

/**
 * The last configuration that a component was given, and what became of it. Never holds a secret.
 *
 * @param pid whose configuration it is, such as {@code io.culvert.StreamBridge} or {@code
 *     io.culvert.Tunnel~support}; where there is a {@code kura.service.pid}, that.
 * @param state what became of it.
 * @param errors all that is wrong with it, or what it waits for; empty if it was accepted.
 * @param warnings what is odd about it, such as keys that nothing reads.
 */
public record ConfigurationStatus(
    String pid,
    ConfigurationState state,
    List<ConfigurationProblem> errors,
    List<ConfigurationProblem> warnings) {

  /** Copies the lists. */
  public ConfigurationStatus {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }
}
