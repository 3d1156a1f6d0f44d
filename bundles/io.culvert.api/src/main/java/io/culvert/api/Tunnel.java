// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ProviderType;

/** An open tunnel. All methods may be called from any thread. */
@ProviderType
public interface Tunnel extends AutoCloseable {
  /**
   * Returns what the tunnel does now.
   *
   * @return a snapshot.
   */
  TunnelStatus status();

  /**
   * Ends the tunnel: its connections are reset, its listeners and its WebSocket closed. Returns at
   * once; the listener hears of {@link TunnelState#CLOSED} when it is done. Closing twice is the
   * same as closing once.
   */
  @Override
  void close();
}
