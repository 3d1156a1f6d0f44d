// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Secret;
import io.culvert.api.Tunnel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel with a name in the {@link TunnelList}; its {@link #close()} takes it out of there. Safe
 * for all threads.
 */
interface ListedTunnel extends Tunnel {
  String name();

  /** Returns the client token that goes with an access token; null if it knows none. */
  @Nullable Secret clientToken(Secret accessToken);

  /** Follows a change of settings or mappings; completes when it has. */
  CompletableFuture<@Nullable Void> follow();

  /** Begins to end, when it is not in the list any more. */
  void end();

  /** Returns what completes when it holds no port any more, after {@link #end()}. */
  CompletableFuture<@Nullable Void> ended();
}
