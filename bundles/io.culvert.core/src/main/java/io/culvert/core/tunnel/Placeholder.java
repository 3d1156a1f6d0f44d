// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ReceiveStatus;
import io.culvert.api.Secret;
import io.culvert.api.SendStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the list for a tunnel that cannot be opened, and says why. It remembers the client
 * token of the tunnel that was open before. Immutable.
 */
final class Placeholder implements ListedTunnel {
  private final TunnelList list;
  private final @Nullable ListedTunnel before;
  private final TunnelStatus status;

  /**
   * Makes a placeholder that is not in the list.
   *
   * @param before what was there before it, null if there was nothing.
   */
  Placeholder(
      TunnelList list,
      @Nullable ListedTunnel before,
      String name,
      TunnelMode mode,
      TunnelState state,
      TunnelFailure why) {
    this.list = list;
    this.before = before instanceof Placeholder other ? other.before : before;
    this.status =
        new TunnelStatus(
            name,
            mode,
            state,
            "",
            null,
            null,
            List.of(),
            0,
            null,
            SendStatus.NONE,
            ReceiveStatus.NONE,
            0,
            0,
            why);
  }

  @Override
  public String name() {
    return status.name();
  }

  @Override
  public @Nullable Secret clientToken(Secret accessToken) {
    return before == null ? null : before.clientToken(accessToken);
  }

  @Override
  public TunnelStatus status() {
    return status;
  }

  @Override
  public CompletableFuture<@Nullable Void> follow() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    list.close(this);
  }

  @Override
  public void end() {
    // It holds nothing but its name.
  }

  @Override
  public CompletableFuture<@Nullable Void> ended() {
    return CompletableFuture.completedFuture(null);
  }
}
