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
import io.culvert.config.HostPort;
import io.culvert.core.config.TunnelSettings;
import io.culvert.core.connect.TunnelLink;
import io.culvert.core.stream.ServiceMappings;
import io.culvert.core.stream.StreamBridge;
import io.culvert.core.stream.StreamsListener;
import io.culvert.core.stream.TunnelStreams;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one tunnel, and how it gets from one to the next:
 *
 * <pre>
 * WAITING -> CONNECTING -> CONNECTED -> RECONNECTING -> CONNECTED ...
 *                 |            |             |
 *                 +------------+-------------+--> CLOSED or FAILED
 * </pre>
 *
 * It follows changes of settings and mappings, but never gives up a WebSocket for them. Event loop
 * only; owns streams and WebSocket.
 */
final class TunnelLife implements StreamsListener, Session.Listener, Attempts.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(TunnelLife.class);

  private final TunnelSpec spec;
  private final EventLoop loop;
  private final Supplier<TunnelSettings> settings;
  private final Supplier<ServiceMappings> mappings;
  private final ServiceConnector connector;
  private final TunnelStreams streams;
  private final Attempts attempts;
  private final TunnelReport report;
  private @Nullable Secret clientToken;
  private @Nullable Session session;
  private @Nullable HostPort accepted;

  /** Makes a tunnel that waits, on any thread; see {@link ManagedTunnel}. */
  TunnelLife(
      TunnelSpec spec,
      TunnelListener listener,
      EventLoop loop,
      Supplier<TunnelSettings> settings,
      Supplier<ServiceMappings> mappings,
      StreamBridge bridge) {
    this.spec = spec;
    this.loop = loop;
    this.settings = settings;
    this.mappings = mappings;
    this.connector = new ServiceConnector(spec, loop, bridge, settings);
    this.streams =
        bridge.streams(spec.name(), spec.mode(), loop, mappings.get(), spec.version(), this);
    this.attempts = new Attempts(spec.name(), loop, this::connect, settings, this);
    this.report = new TunnelReport(spec, connector::endpoint, streams, listener);
  }

  TunnelReport report() {
    return report;
  }

  /** Begins to connect. */
  void start(Secret token) {
    // Much may have changed before anybody knew this tunnel to tell it.
    follow();
    if (!report.state().isFinal()) {
      clientToken = token;
      report.enter(TunnelState.CONNECTING, null);
      attempts.now();
    }
  }

  // --- following changes ---

  /** Settings or mappings may have changed. */
  void follow() {
    if (report.state().isFinal()) {
      return;
    }
    streams.follow(mappings.get());
    String orphaned = connector.orphaned();
    if (session != null) {
      session.pingEvery(settings.get().pingPeriod());
      if (orphaned != null) {
        LOG.warn(
            "{}: {} {}; it goes on with {}",
            spec.name(),
            ErrorCode.CONFIGURATION,
            orphaned,
            connector.endpoint());
      }
    } else if (orphaned != null) {
      end(TunnelState.FAILED, TunnelFailure.of(ErrorCode.CONFIGURATION, orphaned));
    } else {
      attemptAnew();
    }
  }

  /**
   * Makes an attempt at once, instead of one that is due or under way, if the settings for it have
   * changed; returns whether they have.
   */
  private boolean attemptAnew() {
    HostPort before = connector.endpoint();
    if (!connector.refresh()) {
      return false;
    }
    if (clientToken != null) {
      LOG.info("{}: the settings have changed, trying {}", spec.name(), connector.endpoint());
      attempts.anew(!before.equals(connector.endpoint()));
      report.changed();
    }
    return true;
  }

  // --- connecting ---

  private Future<TunnelLink> connect() {
    return connector.connect(
        Objects.requireNonNull(clientToken, "a tunnel starts with its client token"));
  }

  @Override
  public void connected(TunnelLink made) {
    report.connected(made);
    accepted = connector.endpoint();
    LOG.info(
        "{}: connected to {} as {} ({}, channel-id {})",
        spec.name(),
        accepted,
        spec.mode().wireName(),
        made.subprotocol(),
        made.channelId());
    Session up = new Session(made, streams, loop, settings.get(), this);
    session = up;
    up.begin();
  }

  @Override
  public void waiting(TunnelFailure why) {
    report.enter(report.connects() == 0 ? TunnelState.CONNECTING : TunnelState.RECONNECTING, why);
  }

  /** Once the service took the token, a refusal means that the tunnel is gone: a normal end. */
  @Override
  public void refused(TunnelFailure why) {
    if (attemptAnew()) {
      return;
    }
    if (!connector.endpoint().equals(accepted)) {
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

  @Override
  public void gaveUp(TunnelFailure why) {
    if (!attemptAnew()) {
      end(TunnelState.FAILED, why);
    }
  }

  // --- the WebSocket ---

  @Override
  public void measured(Duration took) {
    report.measured(took);
  }

  @Override
  public void lost(TunnelFailure why) {
    if (why.code() == ErrorCode.PROTOCOL) {
      report.violated();
    }
    if (session != null && session.wasUseful()) {
      attempts.reset();
    }
    session = null;
    streams.down();
    attempts.later(why);
  }

  // --- the streams ---

  @Override
  public void ready() {
    if (session != null) {
      session.ready();
      report.enter(TunnelState.CONNECTED, null);
    }
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
    Session open = session;
    if (open != null) {
      LOG.info("{}: connecting anew: {}", spec.name(), reason);
      open.close();
      session = null;
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

  /** Ends because it could not begin. */
  void fail(Throwable cause) {
    LOG.error("{}: {}", spec.name(), ErrorCode.INTERNAL, cause);
    if (!report.state().isFinal()) {
      end(TunnelState.FAILED, TunnelFailure.of(ErrorCode.INTERNAL, "an error before connecting"));
    }
  }

  void close() {
    if (!report.state().isFinal()) {
      end(TunnelState.CLOSED, null);
    }
  }

  private void end(TunnelState last, @Nullable TunnelFailure why) {
    attempts.stop();
    Session open = session;
    session = null;
    if (open != null) {
      streams.farewell();
      open.close();
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
}
