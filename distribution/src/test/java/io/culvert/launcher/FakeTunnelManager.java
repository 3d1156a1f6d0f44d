// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher;

import io.culvert.api.ReceiveStatus;
import io.culvert.api.SendStatus;
import io.culvert.api.ServiceStatus;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens tunnels that do what a test says. */
final class FakeTunnelManager implements TunnelManager {
  private final CompletableFuture<TunnelListener> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable TunnelSpec spec;

  @Override
  public synchronized Tunnel open(TunnelSpec specification, TunnelListener listener) {
    if (specification.services().containsValue("65535")) {
      throw new IllegalArgumentException("service '65535': not today");
    }
    spec = specification;
    opened.complete(listener);
    return new Tunnel() {
      @Override
      public TunnelStatus status() {
        return FakeTunnelManager.this.status(TunnelState.CONNECTING, 0, List.of(), null);
      }

      @Override
      public void close() {
        if (closed.complete(null)) {
          listener.changed(FakeTunnelManager.this.status(TunnelState.CLOSED, 0, List.of(), null));
        }
      }
    };
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return List.of();
  }

  /** Waits until the tunnel is opened, then tells its listener. */
  void tell(
      TunnelState state,
      int connects,
      List<ServiceStatus> services,
      @Nullable TunnelFailure failure)
      throws Exception {
    opened.get(20, TimeUnit.SECONDS).changed(status(state, connects, services, failure));
  }

  /** Waits until the tunnel is opened and returns its mappings. */
  Map<String, String> awaitServices() throws Exception {
    opened.get(20, TimeUnit.SECONDS);
    synchronized (this) {
      return spec == null ? Map.of() : spec.services();
    }
  }

  boolean isClosed() {
    return closed.isDone();
  }

  private synchronized TunnelStatus status(
      TunnelState state,
      int connects,
      List<ServiceStatus> services,
      @Nullable TunnelFailure failure) {
    if (spec == null) {
      throw new IllegalStateException("not opened");
    }
    return new TunnelStatus(
        spec.name(),
        spec.mode(),
        state,
        "tunnel.example:443",
        "channel-1",
        null,
        services,
        connects,
        null,
        SendStatus.NONE,
        ReceiveStatus.NONE,
        0,
        0,
        failure);
  }
}
