// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelManager;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.Mappings;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.stream.StreamBridge;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnels of this process. Safe for all threads. */
final class Tunnels implements TunnelManager {
  private static final Logger LOG = LoggerFactory.getLogger(Tunnels.class);

  private final StreamBridge bridge;
  private final ServiceMappingConfig mappings;
  private final Supplier<TunnelSettings> settings;
  private final Runnable remap = this::remap;
  private final Map<String, OpenTunnel> tunnels = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<@Nullable Void>> closing = new HashMap<>();
  private boolean stopped;

  /**
   * Makes an empty set of tunnels, which follows the mappings until it is stopped.
   *
   * @param bridge moves the bytes.
   * @param mappings the mappings of tunnels that have none of their own.
   * @param settings the settings in force now.
   */
  Tunnels(StreamBridge bridge, ServiceMappingConfig mappings, Supplier<TunnelSettings> settings) {
    this.bridge = bridge;
    this.mappings = mappings;
    this.settings = settings;
    mappings.addListener(remap);
  }

  @Override
  public Tunnel open(TunnelSpec spec, TunnelListener listener) {
    Mappings.check(spec.mode(), spec.services());
    TunnelSettings now = settings.get();
    ManagedTunnel managed =
        new ManagedTunnel(
            spec, listener, now, () -> mappings.of(spec.mode(), spec.services()), bridge);
    OpenTunnel tunnel = new OpenTunnel(spec.name(), managed);
    CompletableFuture<@Nullable Void> predecessor;
    synchronized (tunnels) {
      if (stopped) {
        throw new IllegalStateException("the tunnel manager has stopped");
      }
      if (tunnels.putIfAbsent(spec.name(), tunnel) != null) {
        throw new IllegalArgumentException(
            "name '" + spec.name() + "': another tunnel has this name");
      }
      predecessor = closing.getOrDefault(spec.name(), CompletableFuture.completedFuture(null));
    }
    ClientTokenStore store = new ClientTokenStore(now.stateDirectory(), Clock.systemUTC());
    predecessor
        .thenApplyAsync(
            done -> store.clientToken(spec.accessToken(), spec.clientToken()), bridge.blocking())
        .thenAccept(managed::start)
        .exceptionally(
            failure -> {
              managed.fail(failure);
              return null;
            });
    return tunnel;
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return open().stream().map(OpenTunnel::status).toList();
  }

  private void remap() {
    open().forEach(tunnel -> tunnel.managed.remap());
  }

  private List<OpenTunnel> open() {
    synchronized (tunnels) {
      return List.copyOf(tunnels.values());
    }
  }

  /**
   * Closes all tunnels and opens no more; waits for them.
   *
   * @param limit how long to wait at most.
   */
  void stop(Duration limit) {
    mappings.removeListener(remap);
    List<OpenTunnel> open;
    List<CompletableFuture<?>> ending;
    synchronized (tunnels) {
      stopped = true;
      open = List.copyOf(tunnels.values());
      ending = new ArrayList<>(closing.values());
    }
    open.forEach(OpenTunnel::close);
    open.forEach(tunnel -> ending.add(tunnel.managed.closed()));
    try {
      CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Tunnels are still closing: {}", e.toString());
    }
  }

  /** A tunnel in the list. It leaves the list at once when it is closed, and then winds down. */
  private final class OpenTunnel implements Tunnel {
    private final String name;
    private final ManagedTunnel managed;

    private OpenTunnel(String name, ManagedTunnel managed) {
      this.name = name;
      this.managed = managed;
    }

    @Override
    public TunnelStatus status() {
      return managed.status();
    }

    @Override
    public void close() {
      synchronized (tunnels) {
        if (tunnels.remove(name, this)) {
          closing.put(name, managed.closed());
          managed.closed().thenRun(this::forget);
        }
      }
      managed.close();
    }

    private void forget() {
      synchronized (tunnels) {
        closing.remove(name, managed.closed());
      }
    }
  }
}
