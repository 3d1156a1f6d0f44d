// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Secret;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tunnels of this process. Safe for all threads. */
final class Tunnels implements TunnelHost {
  private static final Logger LOG = LoggerFactory.getLogger(Tunnels.class);

  private final StreamBridge bridge;
  private final ServiceMappingConfig mappings;
  private final Supplier<TunnelSettings> settings;
  private final Runnable changed = this::changed;
  private final List<Runnable> followers = new CopyOnWriteArrayList<>();
  private final Map<String, OpenTunnel> tunnels = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<@Nullable Void>> closing = new HashMap<>();
  private CompletableFuture<@Nullable Void> released = CompletableFuture.completedFuture(null);
  private boolean stopped;

  /**
   * Makes an empty set of tunnels, which follows the mappings until it is stopped.
   *
   * @param bridge moves the bytes.
   * @param mappings the mappings of tunnels that have none of their own.
   * @param settings the settings in force now; see {@link #changed()}.
   */
  Tunnels(StreamBridge bridge, ServiceMappingConfig mappings, Supplier<TunnelSettings> settings) {
    this.bridge = bridge;
    this.mappings = mappings;
    this.settings = settings;
    bridge.addListener(changed);
    mappings.addListener(changed);
  }

  @Override
  public Tunnel open(TunnelSpec spec, TunnelListener listener) {
    return replace(null, spec, listener);
  }

  @Override
  public Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener) {
    Mappings.check(spec.mode(), spec.services());
    ManagedTunnel managed =
        new ManagedTunnel(
            spec, listener, settings, () -> mappings.of(spec.mode(), spec.services()), bridge);
    OpenTunnel tunnel = new OpenTunnel(spec, managed);
    OpenTunnel before = (OpenTunnel) old;
    synchronized (tunnels) {
      if (stopped) {
        throw new IllegalStateException("the tunnel manager has stopped");
      }
      OpenTunnel namesake = tunnels.get(spec.name());
      if (namesake != null && namesake != before) {
        throw new IllegalArgumentException(
            "name '" + spec.name() + "': another tunnel has this name");
      }
      tunnel.released = released;
      tunnel.predecessor = closing(spec.name());
      if (before != null) {
        before.leave();
        tunnel.predecessor =
            CompletableFuture.allOf(tunnel.predecessor, closing(before.spec.name()));
      }
      tunnels.put(spec.name(), tunnel);
    }
    Secret clientToken = spec.clientToken();
    if (before != null) {
      before.managed.close();
      // Read after the close: a tunnel that was not started by then never connects.
      if (clientToken == null && before.spec.accessToken().equals(spec.accessToken())) {
        clientToken = before.clientToken;
      }
    }
    Secret given = clientToken;
    tunnel.clientToken = given;
    CompletableFuture.allOf(tunnel.predecessor, tunnel.released)
        .thenApplyAsync(done -> tokens().clientToken(spec.accessToken(), given), bridge.blocking())
        .thenAccept(tunnel::start)
        .exceptionally(
            failure -> {
              managed.fail(failure);
              return null;
            });
    return tunnel;
  }

  private ClientTokenStore tokens() {
    return new ClientTokenStore(settings.get().stateDirectory(), Clock.systemUTC());
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return open().stream().map(OpenTunnel::status).toList();
  }

  @Override
  public void follow(Runnable changed) {
    followers.add(changed);
  }

  @Override
  public void unfollow(Runnable changed) {
    followers.remove(changed);
  }

  /** Settings or mappings have changed: tells the open tunnels, and then the followers. */
  void changed() {
    CompletableFuture<?> followed =
        CompletableFuture.allOf(
            open().stream()
                .map(tunnel -> tunnel.managed.follow())
                .toArray(CompletableFuture[]::new));
    if (followed.isDone()) {
      tellFollowers();
    } else {
      followed.thenRun(() -> offLoop(this::tellFollowers));
    }
  }

  /**
   * Lets tunnels that are opened from now on wait before they connect, or lets go of them: while
   * the settings cannot be read, nobody knows how to connect.
   */
  void hold(boolean waiting) {
    CompletableFuture<@Nullable Void> before;
    synchronized (tunnels) {
      before = released;
      if (waiting && before.isDone()) {
        released = new CompletableFuture<>();
      }
    }
    if (!waiting) {
      before.complete(null);
    }
  }

  private void tellFollowers() {
    followers.forEach(Runnable::run);
  }

  private void offLoop(Runnable task) {
    try {
      bridge.blocking().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nobody is told of a change any more: {}", e.toString());
    }
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
    mappings.removeListener(changed);
    bridge.removeListener(changed);
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

  /** The caller has the lock. Completes when nothing of that name holds a port any more. */
  private CompletableFuture<@Nullable Void> closing(String name) {
    return closing.getOrDefault(name, CompletableFuture.completedFuture(null));
  }

  /** A tunnel in the list. It leaves the list at once when it is closed, and then winds down. */
  private final class OpenTunnel implements Tunnel {
    private final TunnelSpec spec;
    private final ManagedTunnel managed;
    private CompletableFuture<@Nullable Void> predecessor = CompletableFuture.completedFuture(null);
    private CompletableFuture<@Nullable Void> released = CompletableFuture.completedFuture(null);
    private volatile @Nullable Secret clientToken;

    private OpenTunnel(TunnelSpec spec, ManagedTunnel managed) {
      this.spec = spec;
      this.managed = managed;
    }

    private void start(Secret token) {
      clientToken = token;
      managed.start(token);
    }

    @Override
    public TunnelStatus status() {
      return managed.status();
    }

    @Override
    public void close() {
      synchronized (tunnels) {
        leave();
      }
      managed.close();
    }

    /** The caller has the lock, and closes the tunnel. */
    private void leave() {
      if (tunnels.remove(spec.name(), this)) {
        // It may be closed before it began, while its predecessor still holds the ports.
        CompletableFuture<@Nullable Void> gone =
            CompletableFuture.allOf(predecessor, managed.closed());
        closing.put(spec.name(), gone);
        gone.thenRun(() -> forget(gone));
      }
    }

    private void forget(CompletableFuture<@Nullable Void> gone) {
      synchronized (tunnels) {
        closing.remove(spec.name(), gone);
      }
    }
  }
}
