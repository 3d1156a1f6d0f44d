// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import io.culvert.emulator.time.ServiceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tunnels of the emulated service and the tokens that open them. Callable from any thread;
 * listeners are called on the caller's thread or the clock's, outside the lock. A tunnel closes by
 * itself when its lifetime is over, or when somebody asks then. A closed tunnel stays known for
 * {@link #REMEMBERED}, with the last tokens that it had, so that a client hears why it is turned
 * away; then nothing is left of it.
 */
public final class TunnelRegistry implements AutoCloseable {
  /** How long a closed tunnel is remembered. */
  public static final Duration REMEMBERED = Duration.ofHours(3);

  private static final Logger LOG = LoggerFactory.getLogger(TunnelRegistry.class);

  private final TokenPolicy policy;
  private final ServiceClock clock;
  private final List<TunnelListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, TunnelEntry> tunnels = new LinkedHashMap<>();
  private final TokenTable tokens = new TokenTable();
  private final DueTasks dueTasks;
  private long opened;

  /**
   * Makes an empty registry.
   *
   * @param policy how often an access token may be used.
   * @param clock tells when lifetimes are over.
   */
  public TunnelRegistry(TokenPolicy policy, ServiceClock clock) {
    this.policy = policy;
    this.clock = clock;
    this.dueTasks = new DueTasks(clock);
  }

  /**
   * Adds a listener for the life of the registry.
   *
   * @param listener the listener.
   */
  public void addListener(TunnelListener listener) {
    listeners.add(listener);
  }

  /**
   * Opens a tunnel with fresh tokens.
   *
   * @param request what it is to be like.
   * @return the tunnel.
   */
  public TunnelRecord open(TunnelRequest request) {
    Instant now = clock.instant();
    String id = UUID.randomUUID().toString();
    TunnelRecord tunnel = new TunnelRecord(id, request.destination().services());
    listeners.forEach(listener -> listener.opening(tunnel));
    Map<TunnelEnd, AccessToken> fresh;
    synchronized (this) {
      TunnelEntry entry = new TunnelEntry(id, ++opened, request, now);
      tunnels.put(id, entry);
      fresh = tokens.renew(entry, RotationMode.ALL);
      dueTasks.set(id, request.lifetime(), () -> close(id, "expired"));
    }
    long minutes = request.lifetime().toMinutes();
    LOG.info("Tunnel {}: opened for {} minutes, services {}", id, minutes, tunnel.services());
    listeners.forEach(listener -> listener.issued(id, request.destination(), fresh));
    return tunnel;
  }

  /**
   * Returns all tunnels that are known, closed ones too.
   *
   * @return the tunnels, newest first.
   */
  public List<TunnelInfo> tunnels() {
    List<TunnelInfo> all =
        inTime(() -> new ArrayList<>(tunnels.values().stream().map(TunnelEntry::info).toList()));
    Collections.reverse(all);
    return all;
  }

  /**
   * Returns what is known of a tunnel now.
   *
   * @throws UnknownTunnelException if there is no such tunnel.
   */
  public TunnelInfo info(String tunnelId) {
    return inTime(() -> entry(tunnelId).info());
  }

  /** Tells whether a tunnel is open, and so neither closed nor forgotten. */
  public boolean isOpen(String tunnelId) {
    return inTime(() -> tunnels.containsKey(tunnelId) && entry(tunnelId).isOpen());
  }

  /**
   * Returns the token that is valid now for one end of a tunnel, or was when it closed.
   *
   * @throws UnknownTunnelException if there is no such tunnel.
   */
  public synchronized AccessToken accessToken(String tunnelId, TunnelEnd end) {
    return entry(tunnelId).token(end).token();
  }

  /**
   * Replaces tokens; the old ones stop being valid and their clients are cut. The lifetime of the
   * tunnel stays what it was.
   *
   * @param tunnelId the tunnel.
   * @param mode whose tokens.
   * @param destination where the tunnel leads for clients that come from now on, null for no
   *     change.
   * @return the new tokens.
   * @throws UnknownTunnelException if there is no such tunnel.
   * @throws ClosedTunnelException if the tunnel is closed.
   */
  public Map<TunnelEnd, AccessToken> rotate(
      String tunnelId, RotationMode mode, @Nullable Destination destination) {
    dueTasks.catchUp();
    Map<TunnelEnd, AccessToken> fresh;
    TunnelRecord tunnel;
    Destination now;
    synchronized (this) {
      TunnelEntry entry = entry(tunnelId);
      if (!entry.isOpen()) {
        throw new ClosedTunnelException(tunnelId);
      }
      fresh = tokens.renew(entry, mode);
      if (destination != null) {
        entry.redirect(destination);
      }
      entry.rotated(clock.instant());
      tunnel = entry.tunnel();
      now = entry.info().destination();
    }
    LOG.info("Tunnel {}: access tokens rotated, {}", tunnelId, mode);
    if (destination != null) {
      listeners.forEach(listener -> listener.redirected(tunnel));
    }
    listeners.forEach(listener -> listener.revoked(tunnelId, mode.ends(), Denial.ROTATED));
    listeners.forEach(listener -> listener.issued(tunnelId, now, fresh));
    return fresh;
  }

  /**
   * Closes a tunnel; its clients are cut. Does nothing if it is closed or forgotten.
   *
   * @param tunnelId the tunnel.
   */
  public void close(String tunnelId) {
    close(tunnelId, "closed");
  }

  private void close(String tunnelId, String how) {
    synchronized (this) {
      TunnelEntry entry = tunnels.get(tunnelId);
      if (entry == null || !entry.isOpen()) {
        return;
      }
      entry.close(clock.instant());
      dueTasks.set(tunnelId, REMEMBERED, () -> forget(tunnelId));
    }
    LOG.info("Tunnel {}: {}", tunnelId, how);
    Set<TunnelEnd> ends = RotationMode.ALL.ends();
    listeners.forEach(listener -> listener.revoked(tunnelId, ends, Denial.CLOSED));
  }

  /**
   * Closes a tunnel and forgets it. Does nothing if it is forgotten.
   *
   * @param tunnelId the tunnel.
   */
  public void forget(String tunnelId) {
    close(tunnelId);
    synchronized (this) {
      TunnelEntry entry = tunnels.remove(tunnelId);
      if (entry == null) {
        return;
      }
      dueTasks.remove(tunnelId);
      tokens.drop(entry);
    }
    LOG.info("Tunnel {}: forgotten", tunnelId);
    listeners.forEach(listener -> listener.forgotten(tunnelId));
  }

  /**
   * Sets tags of a tunnel, if there are no more than allowed afterwards.
   *
   * @param tunnelId the tunnel.
   * @param added values by key; they replace those of the same key.
   * @param max how many tags a tunnel may have.
   * @return whether they were set.
   * @throws UnknownTunnelException if there is no such tunnel.
   */
  public synchronized boolean tag(String tunnelId, Map<String, String> added, int max) {
    return entry(tunnelId).tag(added, max);
  }

  /**
   * Removes tags of a tunnel.
   *
   * @param tunnelId the tunnel.
   * @param keys the keys; those that are not there do no harm.
   * @throws UnknownTunnelException if there is no such tunnel.
   */
  public synchronized void untag(String tunnelId, Collection<String> keys) {
    entry(tunnelId).tags().keySet().removeAll(keys);
  }

  /**
   * Tells whose access token this is or was.
   *
   * @param token a token in clear.
   * @return the owner, empty if no tunnel that is known ever had it.
   */
  public Optional<TokenOwner> owner(String token) {
    return inTime(() -> tokens.find(token).map(TokenEntry::owner));
  }

  /** Tells whether this is the token of an end of an open tunnel now, used or not. */
  public boolean isCurrent(String token) {
    return inTime(() -> tokens.find(token).filter(TokenEntry::isCurrent)).isPresent();
  }

  /**
   * Uses an access token, if it may be used.
   *
   * @param token a token in clear.
   * @param clientToken the client token that came with it, or null.
   * @return empty if the client is let in, else why not.
   */
  public Optional<Denial> admit(String token, @Nullable String clientToken) {
    return inTime(() -> Optional.ofNullable(use(token, clientToken)));
  }

  private @Nullable Denial use(String token, @Nullable String clientToken) {
    TokenEntry entry = tokens.find(token).orElse(null);
    if (entry == null) {
      return Denial.UNKNOWN;
    }
    Denial denial = entry.denial(clientToken, policy);
    if (denial == null) {
      entry.use(clientToken);
    }
    return denial;
  }

  /** Drops all timers. What is known stays as it is. */
  @Override
  public void close() {
    dueTasks.end();
  }

  /** Asks under the lock, once everything has happened that is due. */
  private <T> T inTime(Supplier<T> question) {
    dueTasks.catchUp();
    synchronized (this) {
      return question.get();
    }
  }

  private TunnelEntry entry(String tunnelId) {
    TunnelEntry entry = tunnels.get(tunnelId);
    if (entry == null) {
      throw new UnknownTunnelException(tunnelId);
    }
    return entry;
  }
}
