// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.Secret;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.stream.StreamBridge;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that is open, as other threads see it: takes what they want to the tunnel's event loop,
 * where its {@link TunnelLife} is. Never waits, but for a status.
 */
final class ManagedTunnel implements ListedTunnel {
  private static final Logger LOG = LoggerFactory.getLogger(ManagedTunnel.class);

  private final Consumer<ListedTunnel> closer;
  private final EventLoop loop;
  private final TunnelLife life;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile TunnelSpec spec;
  private volatile @Nullable Secret clientToken;

  /**
   * Makes a tunnel that waits.
   *
   * @param spec what to open.
   * @param listener hears of every change.
   * @param settings how to connect, as it is now; see {@link #follow()}.
   * @param mappings the endpoints or listen addresses of the services, likewise.
   * @param bridge makes the streams.
   * @param closer takes it out of the list, and ends it.
   * @throws IllegalArgumentException if the service cannot be told from specification and settings.
   */
  ManagedTunnel(
      TunnelSpec spec,
      TunnelListener listener,
      Supplier<TunnelSettings> settings,
      ServiceMappingConfig mappings,
      StreamBridge bridge,
      Consumer<ListedTunnel> closer) {
    this.spec = spec;
    this.closer = closer;
    this.loop = bridge.transport().nextLoop();
    this.life =
        new TunnelLife(
            spec,
            listener,
            loop,
            settings,
            () -> mappings.of(spec.mode(), this.spec.services()),
            bridge);
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public @Nullable Secret clientToken(Secret accessToken) {
    return spec.accessToken().equals(accessToken) ? clientToken : null;
  }

  /** Notes the client token that was given for it, before it is started. */
  void given(@Nullable Secret clientToken) {
    this.clientToken = clientToken;
  }

  /**
   * Takes other mappings of its own; {@link #follow()} is to follow.
   *
   * @param next what to be open from now on.
   * @return false if it cannot, as more than the mappings differs, or it has ended.
   */
  boolean remap(TunnelSpec next) {
    TunnelSpec now = spec;
    TunnelSpec same =
        new TunnelSpec(
            now.name(),
            now.mode(),
            now.accessToken(),
            now.clientToken(),
            now.region(),
            now.endpoint(),
            next.services(),
            now.version());
    if (!same.equals(next) || life.report().published().state().isFinal()) {
      return false;
    }
    spec = next;
    return true;
  }

  /** Begins to connect; whoever calls {@link #follow()} must know it by now. */
  void start(Secret clientToken) {
    this.clientToken = clientToken;
    loop.execute(() -> life.start(clientToken));
  }

  /** Ends before it began. */
  void fail(Throwable cause) {
    loop.execute(() -> life.fail(cause));
  }

  /**
   * Follows a change of settings or mappings. They are read on the event loop, so that the last of
   * several changes counts in whatever order the calls come.
   *
   * @return completes when it has, or has ended before; the listener knows that by then.
   */
  @Override
  public CompletableFuture<@Nullable Void> follow() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            try {
              life.follow();
            } finally {
              done.complete(null);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: a change after its event loop", name());
      done.complete(null);
    }
    return done;
  }

  @Override
  public void close() {
    closer.accept(this);
  }

  @Override
  public void end() {
    try {
      loop.execute(
          () -> {
            try {
              life.close();
            } finally {
              // NIO gives a listening port back only when its event loop has selected again.
              loop.schedule(() -> ended.complete(null), 1, TimeUnit.MILLISECONDS);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: closed after its event loop", name());
      ended.complete(null);
    }
  }

  @Override
  public CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  @Override
  public TunnelStatus status() {
    TunnelReport report = life.report();
    if (loop.inEventLoop()) {
      return report.current();
    }
    try {
      return loop.submit(report::current).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("{}: status as of the last change: {}", name(), e.toString());
    }
    return report.published();
  }
}
