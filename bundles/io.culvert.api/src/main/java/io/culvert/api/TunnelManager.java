// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The set of tunnels of this process. All methods may be called from any thread. */
@ProviderType
public interface TunnelManager {
  /**
   * Opens a tunnel and keeps it up until it is closed here or at the service. Returns at once; what
   * happens is in the status and goes to the listener.
   *
   * @param spec what to open.
   * @param listener hears of every change.
   * @return the tunnel.
   * @throws IllegalArgumentException if the name is taken or the specification does not fit the
   *     configuration; the message names the key, the value and what is allowed.
   * @throws IllegalStateException if the manager has stopped.
   */
  Tunnel open(TunnelSpec spec, TunnelListener listener);

  /**
   * Returns all tunnels that were opened and not closed, the failed ones included, and those that
   * are configured but cannot be opened.
   *
   * @return snapshots in the order of opening.
   */
  List<TunnelStatus> tunnels();
}
