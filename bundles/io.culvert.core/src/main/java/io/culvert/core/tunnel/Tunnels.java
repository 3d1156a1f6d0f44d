// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.config.ConfigurationException;
import io.culvert.core.config.Mappings;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.stream.ServiceMappings;
import io.culvert.core.stream.StreamBridge;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens tunnels, and tells them, and who follows, of changes. Safe for all threads. */
final class Tunnels implements TunnelHost {
  /** What other settings of the tunnel manager may mend. */
  private static final Set<ErrorCode> BY_SETTINGS =
      Set.of(
          ErrorCode.CONFIGURATION,
          ErrorCode.PROXY_CREDENTIALS,
          ErrorCode.TLS_TRUST,
          ErrorCode.RETRIES);

  /** What other mappings, or another way of serving them, may mend. */
  private static final Set<ErrorCode> BY_MAPPINGS = Set.of(ErrorCode.SERVICES, ErrorCode.LISTEN);

  private static final Logger LOG = LoggerFactory.getLogger(Tunnels.class);

  private final StreamBridge bridge;
  private final ServiceMappingConfig mappings;
  private final StateFolder state;
  private final ClientTokenStore tokens;
  private final Supplier<TunnelSettings> settings;
  private final Runnable mapped = () -> changed(BY_MAPPINGS);
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final TunnelList list = new TunnelList(() -> offLoop(() -> tell(Set.of())));
  private volatile CompletableFuture<@Nullable Void> released =
      CompletableFuture.completedFuture(null);

  /**
   * Makes an empty set of tunnels, which follows the mappings and the stream bridge until it is
   * stopped.
   *
   * @param bridge moves the bytes.
   * @param mappings the mappings of tunnels that have none of their own.
   * @param state where client tokens are kept.
   * @param settings the settings in force now; see {@link #changed()}.
   */
  Tunnels(
      StreamBridge bridge,
      ServiceMappingConfig mappings,
      StateFolder state,
      Supplier<TunnelSettings> settings) {
    this.bridge = bridge;
    this.mappings = mappings;
    this.settings = settings;
    this.state = state;
    this.tokens = new ClientTokenStore(this::stateFolder, Clock.systemUTC());
    bridge.addListener(mapped);
    mappings.addListener(mapped);
  }

  // --- opening ---

  @Override
  public Tunnel open(TunnelSpec spec, TunnelListener listener) {
    ManagedTunnel tunnel = opened(spec, listener);
    begin(tunnel, spec, null, list.replace(null, tunnel));
    return tunnel;
  }

  @Override
  public Tunnel replace(@Nullable Tunnel old, TunnelSpec spec, TunnelListener listener) {
    ManagedTunnel tunnel = opened(spec, listener);
    ListedTunnel before = (ListedTunnel) old;
    CompletableFuture<@Nullable Void> free;
    try {
      free = list.replace(before, tunnel);
    } catch (ConfigurationException e) {
      offLoop(() -> followers.forEach(follower -> follower.wanted(spec.name())));
      throw e;
    }
    begin(tunnel, spec, before, free);
    return tunnel;
  }

  private ManagedTunnel opened(TunnelSpec spec, TunnelListener listener) {
    Mappings.check(spec.mode(), spec.services());
    return new ManagedTunnel(spec, listener, settings, mappings, bridge, list::close);
  }

  /** Starts a tunnel when it is let go, and nothing holds its ports. */
  private void begin(
      ManagedTunnel tunnel,
      TunnelSpec spec,
      @Nullable ListedTunnel before,
      CompletableFuture<@Nullable Void> free) {
    Secret clientToken = spec.clientToken();
    if (before != null) {
      before.end();
      // Read after the end: a tunnel that was not started by then never connects.
      clientToken = clientToken == null ? before.clientToken(spec.accessToken()) : clientToken;
    }
    Secret given = clientToken;
    tunnel.given(given);
    CompletableFuture.allOf(free, released)
        .thenApplyAsync(done -> tokens.clientToken(spec.accessToken(), given), bridge.blocking())
        .thenAccept(tunnel::start)
        .exceptionally(
            failure -> {
              tunnel.fail(failure);
              return null;
            });
  }

  @Override
  public Tunnel reserve(
      @Nullable Tunnel old, String name, TunnelMode mode, TunnelState state, TunnelFailure why) {
    ListedTunnel before = (ListedTunnel) old;
    Placeholder placeholder = new Placeholder(list, before, name, mode, state, why);
    list.replace(before, placeholder);
    if (before != null) {
      before.end();
    }
    return placeholder;
  }

  /**
   * Lets tunnels that are opened from now on wait before they connect, or lets go of them: while
   * the settings cannot be read, nobody knows how to connect.
   *
   * @param waiting tells whether they cannot, as it is now: so that the last of several changes
   *     counts in whatever order the calls come.
   * @return whether this has changed anything; {@link #changed()} is to follow.
   */
  synchronized boolean hold(BooleanSupplier waiting) {
    boolean held = waiting.getAsBoolean();
    if (held == isHeld()) {
      return false;
    }
    if (held) {
      released = new CompletableFuture<>();
    } else {
      released.complete(null);
    }
    return true;
  }

  private boolean isHeld() {
    return !released.isDone();
  }

  @Override
  public boolean waits(TunnelSpec spec) {
    return isHeld() && spec.region() == null && spec.endpoint() == null;
  }

  @Override
  public boolean hasEndpoint() {
    return settings.get().endpoint() != null;
  }

  @Override
  public boolean maps(Set<String> services) {
    ServiceMappings common = mappings.of(TunnelMode.DESTINATION, Map.of());
    Set<String> all = services.isEmpty() ? Set.of("") : services;
    return all.stream().allMatch(service -> common.address(service, all) != null);
  }

  @Override
  public @Nullable Path stateFolder() {
    return state.path(settings.get().stateDirectory());
  }

  @Override
  public List<TunnelStatus> tunnels() {
    return list.all().stream().map(Tunnel::status).toList();
  }

  // --- changes ---

  @Override
  public boolean remap(Tunnel tunnel, TunnelSpec spec, Follower follower) {
    Mappings.check(spec.mode(), spec.services());
    if (!(tunnel instanceof ManagedTunnel open) || !open.remap(spec)) {
      return false;
    }
    open.follow().thenRun(() -> offLoop(() -> follower.changed(BY_MAPPINGS)));
    return true;
  }

  @Override
  public String endpoint(TunnelSpec spec) {
    try {
      return settings.get().service(spec.region(), spec.endpoint()).toString();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @Override
  public void follow(Follower follower) {
    followers.add(follower);
  }

  @Override
  public void unfollow(Follower follower) {
    followers.remove(follower);
  }

  /** The settings have changed: tells the open tunnels, and then the followers. */
  void changed() {
    changed(BY_SETTINGS);
  }

  private void changed(Set<ErrorCode> mended) {
    CompletableFuture<?> followed =
        CompletableFuture.allOf(
            list.all().stream().map(ListedTunnel::follow).toArray(CompletableFuture[]::new));
    if (followed.isDone()) {
      tell(mended);
    } else {
      followed.thenRun(() -> offLoop(() -> tell(mended)));
    }
  }

  private void tell(Set<ErrorCode> mended) {
    followers.forEach(follower -> follower.changed(mended));
  }

  private void offLoop(Runnable task) {
    try {
      bridge.blocking().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nobody is told of a change any more: {}", e.toString());
    }
  }

  // --- ending ---

  /**
   * Closes all tunnels and opens no more; waits for them.
   *
   * @param limit how long to wait at most.
   */
  void stop(Duration limit) {
    mappings.removeListener(mapped);
    bridge.removeListener(mapped);
    try {
      list.stop().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Tunnels are still closing: {}", e.toString());
    }
  }
}
