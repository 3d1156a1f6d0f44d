// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.NotificationDecision;
import io.culvert.api.TunnelMode;
import io.culvert.api.TunnelSpec;
import io.culvert.config.ConfigurationException;
import io.culvert.core.config.NotificationSettings;
import io.culvert.core.tunnel.TunnelOpener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels that notifications opened, and the tokens that they were opened with. Safe for all
 * threads; the lock is held for decisions, never while anything is waited for, and never taken on
 * an event loop.
 */
final class NotifiedTunnels {
  private static final Logger LOG = LoggerFactory.getLogger(NotifiedTunnels.class);
  private static final String NAME = "notification-";

  /** Names that are tried: others may use such ones, too. */
  private static final int MAX_TRIES = 1000;

  private final TunnelOpener opener;
  private final Supplier<NotificationSettings> settings;
  private final Worker worker;
  private final Runnable changed;
  private final Upkeep upkeep;
  private final Seen seen = new Seen();
  private final List<NotifiedTunnel> open = new ArrayList<>();
  private long count;
  private boolean stopped;

  /**
   * Makes an empty set.
   *
   * @param opener opens tunnels.
   * @param settings what is allowed now.
   * @param worker does what may wait.
   * @param changed is told when there are other tunnels or tokens.
   */
  NotifiedTunnels(
      TunnelOpener opener,
      Supplier<NotificationSettings> settings,
      Worker worker,
      Runnable changed) {
    this.opener = opener;
    this.settings = settings;
    this.worker = worker;
    this.changed = changed;
    this.upkeep = new Upkeep(this::all, this::remove, settings, worker);
  }

  /**
   * Opens a tunnel.
   *
   * @param notification what asks for it.
   * @return its name.
   * @throws RefusedException if it is not allowed, has been here, or cannot be opened.
   */
  String open(Notification notification) throws RefusedException {
    return open(notification, worker.now(), null).name();
  }

  /**
   * Opens a tunnel again that was open before a restart.
   *
   * @param notification what asked for it.
   * @param opened when.
   * @param kept its token as it is kept.
   * @return its name, null if its lifetime is over.
   * @throws RefusedException as {@link #open} does.
   */
  @Nullable String reopen(Notification notification, Instant opened, String kept)
      throws RefusedException {
    Duration age = Duration.between(opened, worker.now());
    if (age.compareTo(settings.get().lifetime()) >= 0) {
      return null;
    }
    return open(notification, opened, kept).name();
  }

  private NotifiedTunnel open(Notification notification, Instant since, @Nullable String kept)
      throws RefusedException {
    NotificationSettings now = settings.get();
    Policy.check(now, opener, notification);
    String digest = Seen.digest(notification.accessToken());
    NotifiedTunnel tunnel;
    synchronized (this) {
      if (stopped) {
        throw new RefusedException(NotificationDecision.NOT_OPENED, "everything stops");
      }
      if ((kept == null && seen.has(digest)) || isOpen(notification)) {
        throw new RefusedException(NotificationDecision.DUPLICATE, "");
      }
      boolean overlap = isAbove(notification.services(), now.maxTunnels());
      tunnel = begin(notification, since);
      tunnel.overlap = overlap;
      tunnel.kept = kept;
      open.add(tunnel);
      seen.add(digest, since);
    }
    upkeep.look();
    changed.run();
    return tunnel;
  }

  /** The caller has the lock. */
  private boolean isOpen(Notification notification) {
    return open.stream()
        .anyMatch(it -> it.notification().accessToken().equals(notification.accessToken()));
  }

  /**
   * Tells whether a tunnel would be above the maximum, but may replace one: whether a token is new
   * because another was replaced, only the service knows. The caller has the lock.
   *
   * @throws RefusedException if there are too many.
   */
  private boolean isAbove(Set<String> services, int max) throws RefusedException {
    if (open.stream().filter(it -> !it.overlap).count() < max) {
      return false;
    }
    List<NotifiedTunnel> same =
        open.stream().filter(it -> it.notification().services().equals(services)).toList();
    if (same.isEmpty() || same.stream().anyMatch(it -> it.overlap)) {
      throw new RefusedException(
          NotificationDecision.TOO_MANY, "max.tunnels is " + max + ", open are " + open.size());
    }
    return true;
  }

  /** Opens a tunnel by the first name that is free. The caller has the lock. */
  private NotifiedTunnel begin(Notification notification, Instant opened) throws RefusedException {
    long now = worker.nanos();
    Duration age = Duration.between(opened, worker.now());
    // Of a clock that was set back nothing can be told.
    long since = age.isNegative() ? now : now - age.toNanos();
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      NotifiedTunnel tunnel =
          new NotifiedTunnel(
              NAME + ++count, notification, opened, since, now, it -> worker.run(() -> remove(it)));
      try {
        tunnel.is(opener.open(spec(tunnel.name(), notification), tunnel));
        return tunnel;
      } catch (ConfigurationException e) {
        if (!e.problems().get(0).key().equals("name")) {
          throw new RefusedException(
              NotificationDecision.NOT_OPENED, String.valueOf(e.getMessage()));
        }
      } catch (IllegalStateException e) {
        throw new RefusedException(NotificationDecision.NOT_OPENED, String.valueOf(e.getMessage()));
      }
    }
    throw new RefusedException(NotificationDecision.NOT_OPENED, "all names are taken");
  }

  /** A notification never says where to go but by its region, and an endpoint goes before that. */
  private TunnelSpec spec(String name, Notification notification) {
    String region = opener.hasEndpoint() ? null : notification.region();
    return new TunnelSpec(
        name,
        TunnelMode.DESTINATION,
        notification.accessToken(),
        null,
        region,
        null,
        Map.of(),
        null);
  }

  private void remove(NotifiedTunnel tunnel) {
    synchronized (this) {
      if (stopped || !open.remove(tunnel)) {
        return;
      }
      Set<String> services = tunnel.notification().services();
      // Who was to replace it, has.
      open.stream()
          .filter(it -> it.overlap && it.notification().services().equals(services))
          .forEach(it -> it.overlap = tunnel.overlap);
    }
    tunnel.close();
    LOG.debug("{}: has ended", tunnel.name());
    changed.run();
  }

  /** The settings have changed: they count for open tunnels, too. */
  void follow() {
    upkeep.look();
  }

  /** Notes tokens that were here before a restart. */
  synchronized void remember(Map<String, Instant> digests) {
    digests.forEach(seen::add);
  }

  /** Returns the tokens that were here. */
  synchronized Map<String, Instant> seen() {
    return seen.all();
  }

  /** Returns the open tunnels, the oldest first. */
  synchronized List<NotifiedTunnel> all() {
    return List.copyOf(open);
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Closes all, and opens no more; nobody is told of that. */
  void stop() {
    synchronized (this) {
      stopped = true;
    }
    upkeep.stop();
    all().forEach(NotifiedTunnel::close);
  }
}
