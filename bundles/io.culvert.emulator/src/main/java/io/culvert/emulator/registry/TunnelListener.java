// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.Map;
import java.util.Set;

/** Hears what happens to the tunnels of a registry. */
public interface TunnelListener {
  /**
   * A tunnel is about to be open; clients can come as soon as all listeners have returned.
   *
   * @param tunnel the tunnel.
   */
  default void opening(TunnelRecord tunnel) {}

  /**
   * A tunnel has other services for clients that come from now on.
   *
   * @param tunnel the tunnel with its new services.
   */
  default void redirected(TunnelRecord tunnel) {}

  /**
   * Access tokens have become valid; those that they replace have been revoked before.
   *
   * @param tunnelId whose.
   * @param destination what the tunnel leads to now.
   * @param tokens the tokens, by the end that they are for.
   */
  default void issued(
      String tunnelId, Destination destination, Map<TunnelEnd, AccessToken> tokens) {}

  /**
   * Access tokens have stopped being valid.
   *
   * @param tunnelId whose.
   * @param ends which ends.
   * @param why {@link Denial#ROTATED} or {@link Denial#CLOSED}.
   */
  default void revoked(String tunnelId, Set<TunnelEnd> ends, Denial why) {}

  /**
   * Nothing is known of a tunnel any more; it was closed before.
   *
   * @param tunnelId the tunnel.
   */
  default void forgotten(String tunnelId) {}
}
