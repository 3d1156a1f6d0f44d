// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import io.culvert.emulator.journal.Presence;
import io.culvert.emulator.registry.TunnelEnd;
import java.util.Optional;

/** Tells which ends of tunnels have clients. Called by many threads at once. */
@FunctionalInterface
public interface PresenceSource {
  /**
   * Tells whether an end is connected.
   *
   * @param tunnelId a tunnel that the registry knows.
   * @param end one of its ends.
   * @return the state of this moment, empty if the tunnel was forgotten by now.
   */
  Optional<Presence> presence(String tunnelId, TunnelEnd end);
}
