// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.ErrorCode;
import io.culvert.api.ReceiveStatus;
import io.culvert.api.SendStatus;
import io.culvert.api.ServiceStatus;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.ConfigurationException;
import io.culvert.core.tunnel.TunnelOpener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens tunnels that only the test moves. */
final class FakeOpener implements TunnelOpener {
  final List<Opened> opened = new ArrayList<>();
  final Set<String> taken = new HashSet<>();
  Set<String> mapped = Set.of("SSH", "HTTP", "VNC", "");
  boolean endpoint;
  boolean stopped;
  @Nullable Path folder;

  /** One tunnel. */
  final class Opened implements Tunnel {
    final TunnelSpec spec;
    private final TunnelListener listener;
    private TunnelState state = TunnelState.WAITING;
    private List<ServiceStatus> services = List.of();

    private Opened(TunnelSpec spec, TunnelListener listener) {
      this.spec = spec;
      this.listener = listener;
    }

    boolean isClosed() {
      return state == TunnelState.CLOSED;
    }

    /** Comes up with services, each with connections. */
    void connected(int connections, int total, String... ids) {
      List<ServiceStatus> all = new ArrayList<>();
      for (String id : ids) {
        all.add(new ServiceStatus(id, null, null, connections, total, 0, 0, null));
      }
      services = all;
      move(TunnelState.CONNECTED);
    }

    void move(TunnelState next) {
      state = next;
      listener.changed(status());
    }

    @Override
    public synchronized TunnelStatus status() {
      return new TunnelStatus(
          spec.name(),
          TunnelMode.DESTINATION,
          state,
          "service.example:443",
          null,
          null,
          services,
          1,
          null,
          SendStatus.NONE,
          ReceiveStatus.NONE,
          0,
          0,
          state == TunnelState.FAILED
              ? TunnelFailure.of(ErrorCode.REFUSED, "refused by the test")
              : null);
    }

    @Override
    public void close() {
      taken.remove(spec.name());
      if (!isClosed()) {
        move(TunnelState.CLOSED);
      }
    }
  }

  @Override
  public Tunnel open(TunnelSpec spec, TunnelListener listener) {
    if (stopped) {
      throw new IllegalStateException("the tunnel manager has stopped");
    }
    if (!taken.add(spec.name())) {
      throw new ConfigurationException("name", spec.name(), "another tunnel has this name");
    }
    Opened tunnel = new Opened(spec, listener);
    opened.add(tunnel);
    return tunnel;
  }

  /** Returns the names of those that are not closed. */
  List<String> open() {
    return opened.stream().filter(it -> !it.isClosed()).map(it -> it.spec.name()).toList();
  }

  Opened last() {
    return opened.get(opened.size() - 1);
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return opened.stream().filter(it -> !it.isClosed()).map(Opened::status).toList();
  }

  @Override
  public boolean hasEndpoint() {
    return endpoint;
  }

  @Override
  public boolean maps(Set<String> services) {
    return services.isEmpty() ? mapped.contains("") : mapped.containsAll(services);
  }

  @Override
  public @Nullable Path stateFolder() {
    return folder;
  }
}
