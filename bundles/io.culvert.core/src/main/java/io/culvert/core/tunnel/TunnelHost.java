// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelSpec;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel manager as configured tunnels see it: it tells them when what was wrong may have been
 * mended. Its methods may be called from any thread, never wait, and call nobody back before they
 * return.
 */
interface TunnelHost extends TunnelManager {
  /**
   * Opens a tunnel in place of another one, which is closed, and whose name and ports it may have.
   *
   * @param old what is replaced, null for nothing; one of this host's tunnels.
   * @param spec what to open. With the same access token it goes on with the client token of the
   *     old tunnel, unless it has its own.
   * @param listener hears of every change.
   * @return the new tunnel.
   * @throws IllegalArgumentException as {@link #open} does; the old tunnel goes on then.
   * @throws IllegalStateException if the host has stopped.
   */
  Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener);

  /**
   * Adds who wants to know of changes.
   *
   * @param changed runs off the event loops after each change of settings or mappings, when all
   *     open tunnels have followed it as far as they do.
   */
  void follow(Runnable changed);

  /** Removes a follower; a call that is under way may still come. */
  void unfollow(Runnable changed);
}
