// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.Set;

/** Whose access tokens a rotation replaces. */
public enum RotationMode {
  /** The source's token. */
  SOURCE(Set.of(TunnelEnd.SOURCE)),
  /** The destination's token. */
  DESTINATION(Set.of(TunnelEnd.DESTINATION)),
  /** Both tokens. */
  ALL(Set.of(TunnelEnd.values()));

  private final Set<TunnelEnd> ends;

  RotationMode(Set<TunnelEnd> ends) {
    this.ends = ends;
  }

  /** Returns the ends that get a new token. */
  public Set<TunnelEnd> ends() {
    return ends;
  }
}
