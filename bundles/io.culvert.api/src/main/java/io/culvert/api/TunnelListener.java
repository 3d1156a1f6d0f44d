// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what happens to one tunnel. */
@ConsumerType
@FunctionalInterface
public interface TunnelListener {
  /** A listener that hears nothing. */
  TunnelListener NONE = status -> {};

  /**
   * Called after each change of state, of the services or of a listening address, in order, on the
   * tunnel's own thread: return fast and never block.
   *
   * @param status the tunnel after the change.
   */
  void changed(TunnelStatus status);
}
