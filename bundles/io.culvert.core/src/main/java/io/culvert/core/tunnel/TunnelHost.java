// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.config.ConfigurationException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel manager as configured tunnels see it: it tells them when what was wrong may have been
 * mended, and lists those that cannot be opened. Its methods may be called from any thread, never
 * wait, and call nobody back before they return.
 */
interface TunnelHost extends TunnelOpener {
  /**
   * Opens a tunnel in place of another one, which is closed, and whose name and ports it may have.
   *
   * @param old what is replaced, null for nothing; one of this host's tunnels.
   * @param spec what to open. With the same access token it goes on with the client token of the
   *     old tunnel, unless it has its own.
   * @param listener hears of every change.
   * @return the new tunnel.
   * @throws ConfigurationException for what {@link #open} refuses; the old tunnel goes on then.
   * @throws IllegalStateException if the host has stopped.
   */
  Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener);

  /**
   * Gives an open tunnel other mappings of its own, which count like other common ones: its
   * WebSocket stays.
   *
   * @param tunnel one of this host's tunnels.
   * @param spec what to be open from now on.
   * @param follower hears when the tunnel has followed.
   * @return false if nothing has changed, as more than the mappings differs, or the tunnel has
   *     ended.
   * @throws ConfigurationException if the mappings are wrong.
   */
  boolean remap(Tunnel tunnel, TunnelSpec spec, Follower follower);

  /**
   * Lists a tunnel that is not open, and says why; its name is taken. It can be replaced like one
   * that is open.
   *
   * @param old what is replaced, as for {@link #replace}.
   * @param name its name.
   * @param mode which end this process would be.
   * @param state {@link TunnelState#FAILED}, or {@link TunnelState#WAITING} for what comes by
   *     itself.
   * @param why why it failed, or what it waits for.
   * @return what stands for the tunnel.
   * @throws ConfigurationException if another tunnel has the name; the old tunnel goes on then.
   * @throws IllegalStateException if the host has stopped.
   */
  Tunnel reserve(
      @Nullable Tunnel old, String name, TunnelMode mode, TunnelState state, TunnelFailure why);

  /**
   * Tells whether the settings that say where a tunnel is to be connected to are still to come, as
   * their secrets cannot be decoded yet.
   */
  boolean waits(TunnelSpec spec);

  /** Returns where a tunnel would be connected to now; empty if nothing says it. */
  String endpoint(TunnelSpec spec);

  /**
   * Adds who wants to know of changes.
   *
   * @param follower hears of them off the event loops.
   */
  void follow(Follower follower);

  /** Removes a follower; a call that is under way may still come. */
  void unfollow(Follower follower);

  /** Who wants to know when it is worth another attempt to open a tunnel. */
  interface Follower {
    /**
     * Settings or mappings have changed, and all open tunnels have followed that; or a name is
     * free.
     *
     * @param mended failures that this may have mended.
     */
    void changed(Set<ErrorCode> mended);

    /** A tunnel could not replace another one, or nothing, as its name is taken. */
    default void wanted(String name) {}
  }
}
