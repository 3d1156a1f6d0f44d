// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.ErrorCode;
import io.culvert.api.Secret;
import io.culvert.api.ServiceStatus;
import io.culvert.api.TunnelFailure;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelSpec;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.Handshake;
import io.culvert.core.connect.TunnelConnector;
import io.culvert.core.connect.TunnelLink;
import io.culvert.core.net.HostPort;
import io.culvert.core.stream.ServiceMappings;
import io.culvert.core.stream.StreamBridge;
import io.culvert.core.stream.StreamsListener;
import io.culvert.core.stream.TunnelStreams;
import io.culvert.wire.TunnelMessage;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tunnel and its state:
 *
 * <pre>
 * WAITING -> CONNECTING -> CONNECTED -> RECONNECTING -> CONNECTED ...
 *                 |            |             |
 *                 +------------+-------------+--> CLOSED or FAILED
 * </pre>
 *
 * Lives on one event loop; the public methods may be called from any thread.
 */
final class ManagedTunnel implements StreamsListener, LinkListener, Attempts.Listener {
  /** A connection that lasted this long was of use even if nobody used it. */
  private static final Duration USEFUL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ManagedTunnel.class);

  private final TunnelSpec spec;
  private final TunnelReport report;
  private final TunnelSettings settings;
  private final HostPort endpoint;
  private final EventLoop loop;
  private final TunnelConnector connector;
  private final Supplier<ServiceMappings> mappings;
  private final TunnelStreams streams;
  private final Attempts attempts;
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private @Nullable Secret clientToken;
  private @Nullable Future<?> servicesTimer;
  private @Nullable WebSocketLink link;
  private long upSince;
  private long movedBefore;

  /**
   * Makes a tunnel that waits.
   *
   * @param spec what to open.
   * @param listener hears of every change.
   * @param settings how to connect.
   * @param mappings the endpoints or listen addresses of the services as they are now; see {@link
   *     #remap()}.
   * @param bridge makes the streams.
   * @throws IllegalArgumentException if the service cannot be told from specification and settings.
   */
  ManagedTunnel(
      TunnelSpec spec,
      TunnelListener listener,
      TunnelSettings settings,
      Supplier<ServiceMappings> mappings,
      StreamBridge bridge) {
    this.spec = spec;
    this.settings = settings;
    this.endpoint = settings.service(spec.region(), spec.endpoint());
    this.loop = bridge.transport().nextLoop();
    this.connector =
        new TunnelConnector(loop, bridge.transport(), bridge.resolver(), settings.connect());
    this.mappings = mappings;
    this.streams =
        bridge.streams(spec.name(), spec.mode(), loop, mappings.get(), spec.version(), this);
    this.attempts =
        new Attempts(
            spec.name(),
            loop,
            this::connect,
            new Backoff(
                settings.retryDelay(), settings.retryMaxDelay(), ThreadLocalRandom.current()),
            settings.retryCount(),
            this);
    this.report = new TunnelReport(spec, endpoint, streams, listener);
  }

  /** Begins to connect, from any thread; whoever calls {@link #remap()} must know it by now. */
  void start(Secret token) {
    loop.execute(
        () -> {
          if (!report.state().isFinal()) {
            // They may have changed before anybody knew this tunnel to tell it.
            streams.remap(mappings.get());
            clientToken = token;
            report.enter(TunnelState.CONNECTING, null);
            attempts.now();
          }
        });
  }

  /** Ends before it began, from any thread. */
  void fail(Throwable cause) {
    LOG.error("{}: {}", spec.name(), ErrorCode.INTERNAL, cause);
    loop.execute(
        () -> {
          if (!report.state().isFinal()) {
            end(
                TunnelState.FAILED,
                TunnelFailure.of(ErrorCode.INTERNAL, "an error before connecting"));
          }
        });
  }

  /**
   * Follows a change of the mappings, from any thread. They are read on the event loop, so that the
   * last of several changes counts in whatever order the calls come.
   *
   * @return completes when it has, or has ended before; the listener knows that by then.
   */
  CompletableFuture<@Nullable Void> remap() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            try {
              if (!report.state().isFinal()) {
                streams.remap(mappings.get());
              }
            } finally {
              done.complete(null);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: mappings changed after its event loop", spec.name());
      done.complete(null);
    }
    return done;
  }

  // --- connecting ---

  private Future<TunnelLink> connect() {
    Secret token = Objects.requireNonNull(clientToken, "a tunnel starts with its client token");
    return connector.connect(new Handshake(spec.mode(), endpoint, spec.accessToken(), token));
  }

  @Override
  public void connected(TunnelLink made) {
    report.connected(made);
    upSince = now();
    movedBefore = streams.moved();
    LOG.info(
        "{}: connected to {} as {} ({}, channel-id {})",
        spec.name(),
        endpoint,
        spec.mode().wireName(),
        made.subprotocol(),
        made.channelId());
    link = WebSocketLink.open(made.channel(), settings.pingPeriod(), this);
    servicesTimer =
        loop.schedule(
            this::servicesOverdue, settings.servicesTimeout().toNanos(), TimeUnit.NANOSECONDS);
    streams.up(link, !made.subprotocol().endsWith("-1.0"));
  }

  private void servicesOverdue() {
    drop(
        TunnelFailure.of(
            ErrorCode.TIMEOUT,
            "the service did not name the services of the tunnel within "
                + settings.servicesTimeout().toMillis()
                + " ms"));
  }

  @Override
  public void waiting(TunnelFailure why) {
    report.enter(report.connects() == 0 ? TunnelState.CONNECTING : TunnelState.RECONNECTING, why);
  }

  /** Once the token was good, a refusal means that the tunnel is gone: a normal end. */
  @Override
  public void refused(TunnelFailure why) {
    if (report.connects() == 0) {
      end(TunnelState.FAILED, why);
      return;
    }
    end(
        TunnelState.CLOSED,
        new TunnelFailure(
            ErrorCode.ENDED,
            "the tunnel was closed, has expired or got new tokens: " + why.message(),
            why.httpStatus(),
            why.channelId()));
  }

  // --- the WebSocket ---

  @Override
  public void received(TunnelMessage message) {
    streams.receive(message);
  }

  @Override
  public void receiveComplete() {
    streams.receiveComplete();
  }

  @Override
  public void writable() {
    streams.writable();
  }

  @Override
  public void measured(Duration took) {
    report.measured(took);
  }

  @Override
  public void lost(TunnelFailure why) {
    link = null;
    stopServicesTimer();
    if (why.code() == ErrorCode.PROTOCOL) {
      report.violated();
    }
    if (streams.moved() != movedBefore || now() - upSince >= USEFUL.toNanos()) {
      attempts.reset();
    }
    streams.down();
    attempts.later(why);
  }

  /** Gives the WebSocket up. */
  private void drop(TunnelFailure why) {
    WebSocketLink open = link;
    if (open != null) {
      open.close(WebSocketCloseStatus.NORMAL_CLOSURE);
      lost(why);
    }
  }

  // --- the streams ---

  @Override
  public void ready() {
    if (link == null) {
      return;
    }
    stopServicesTimer();
    report.enter(TunnelState.CONNECTED, null);
  }

  @Override
  public void failed(TunnelFailure why) {
    end(TunnelState.FAILED, why);
  }

  @Override
  public void reconnect(String reason) {
    // Not from inside the message that gave the reason: it is still being handled.
    loop.execute(() -> connectAnew(reason));
  }

  /** Makes the WebSocket anew because we want to: nothing has failed, so nothing is waited for. */
  private void connectAnew(String reason) {
    WebSocketLink open = link;
    if (open != null) {
      LOG.info("{}: connecting anew: {}", spec.name(), reason);
      open.close(WebSocketCloseStatus.NORMAL_CLOSURE);
      link = null;
      stopServicesTimer();
      streams.down();
      report.enter(TunnelState.RECONNECTING, TunnelFailure.of(ErrorCode.LOST, reason));
      attempts.now();
    }
  }

  @Override
  public void changed() {
    report.changed();
  }

  // --- ending ---

  /** Ends it, from any thread; see {@link #closed()}. */
  void close() {
    try {
      loop.execute(
          () -> {
            if (!report.state().isFinal()) {
              end(TunnelState.CLOSED, null);
            }
            // NIO gives a listening port back only when its event loop has selected again.
            loop.schedule(() -> closed.complete(null), 1, TimeUnit.MILLISECONDS);
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: closed after its event loop", spec.name());
      closed.complete(null);
    }
  }

  /** Returns what completes when {@link #close()} is done and no port is held any more. */
  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  private void end(TunnelState last, @Nullable TunnelFailure why) {
    stopServicesTimer();
    attempts.stop();
    if (link != null) {
      streams.farewell();
      link.close(WebSocketCloseStatus.NORMAL_CLOSURE);
      link = null;
    }
    List<ServiceStatus> services = streams.status();
    streams.close();
    if (last == TunnelState.FAILED) {
      LOG.error("{}: failed: {}", spec.name(), why);
    } else {
      LOG.info("{}: closed{}", spec.name(), why == null ? "" : ": " + why);
    }
    report.end(last, why, services);
  }

  private void stopServicesTimer() {
    if (servicesTimer != null) {
      servicesTimer.cancel(false);
      servicesTimer = null;
    }
  }

  // --- status ---

  /** Returns what it does now, from any thread. */
  TunnelStatus status() {
    if (loop.inEventLoop()) {
      return report.current();
    }
    try {
      return loop.submit(report::current).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.debug("{}: status as of the last change: {}", spec.name(), e.toString());
    }
    return report.published();
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
