// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.ErrorCode;
import io.culvert.api.ServiceStatus;
import io.culvert.api.Tunnel;
import io.culvert.api.TunnelListener;
import io.culvert.api.TunnelState;
import io.culvert.api.TunnelStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel that a notification opened. It hears of changes on the tunnel's event loop; the rest is
 * for one thread at a time.
 */
final class NotifiedTunnel implements TunnelListener {
  private static final Logger LOG = LoggerFactory.getLogger(NotifiedTunnel.class);

  private final String name;
  private final Notification notification;
  private final Instant opened;
  private final long since;
  private final Consumer<NotifiedTunnel> ended;
  private volatile @Nullable Tunnel tunnel;
  private volatile boolean wrong;
  private long busy;
  private long connections;

  /** Whether it was let in above the maximum. */
  boolean overlap;

  /** Its access token as it is kept, null while it is not. */
  @Nullable String kept;

  /**
   * Makes one that is not open yet.
   *
   * @param name its name.
   * @param notification what asked for it.
   * @param opened when that came, by the time of day.
   * @param since the same in nanoseconds.
   * @param now the time in nanoseconds.
   * @param ended is told on the tunnel's event loop that it has ended.
   */
  NotifiedTunnel(
      String name,
      Notification notification,
      Instant opened,
      long since,
      long now,
      Consumer<NotifiedTunnel> ended) {
    this.name = name;
    this.notification = notification;
    this.opened = opened;
    this.since = since;
    this.busy = now;
    this.ended = ended;
  }

  String name() {
    return name;
  }

  Notification notification() {
    return notification;
  }

  Instant opened() {
    return opened;
  }

  /** Takes the tunnel itself, which may have told of changes already. */
  void is(Tunnel opened) {
    tunnel = opened;
    if (wrong) {
      opened.close();
    }
  }

  /**
   * A notification is only as good as who delivers it: what it did not name has not been allowed,
   * whatever the token opens.
   */
  @Override
  public void changed(TunnelStatus status) {
    if (status.state().isFinal()) {
      ended.accept(this);
      return;
    }
    if (!wrong && !status.services().stream().allMatch(this::isNamed)) {
      wrong = true;
      LOG.warn(
          "{} {}: closed, as it has other services than its notification named",
          ErrorCode.SERVICES,
          name);
      close();
    }
  }

  private boolean isNamed(ServiceStatus service) {
    return service.serviceId().isEmpty()
        ? notification.services().size() <= 1
        : notification.services().contains(service.serviceId());
  }

  /** Ends it, and takes it out of the list of tunnels even if it has failed. */
  void close() {
    Tunnel open = tunnel;
    if (open != null) {
      open.close();
    }
  }

  /** Returns why it has to be closed now, null if it has not. Waits for its event loop. */
  @Nullable String overdue(long now, Duration lifetime, Duration idle) {
    if (now - since >= lifetime.toNanos()) {
      return "as its lifetime of " + seconds(lifetime) + " is over";
    }
    Tunnel open = tunnel;
    if (open == null || idle.isZero()) {
      return null;
    }
    TunnelStatus status = open.status();
    long total = status.services().stream().mapToLong(ServiceStatus::totalConnections).sum();
    if (total != connections || status.services().stream().anyMatch(it -> it.connections() > 0)) {
      connections = total;
      busy = now;
    }
    return now - busy >= idle.toNanos() ? "as it had no connection for " + seconds(idle) : null;
  }

  /** Tells whether it has ended, in case it could not say so. Waits for its event loop. */
  boolean hasEnded() {
    Tunnel open = tunnel;
    TunnelState state = open == null ? TunnelState.WAITING : open.status().state();
    return state.isFinal();
  }

  /** Returns how long it may live on. */
  Duration left(long now, Duration lifetime) {
    return lifetime.minusNanos(now - since);
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
