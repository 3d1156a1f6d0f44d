// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All tunnels of the emulated service and the tokens that open them. Callable from any thread;
 * listeners are called on the caller's thread, after the change and outside the lock. Closed
 * tunnels and replaced tokens stay known, so that a client hears why it is turned away.
 */
public final class TunnelRegistry {
  /** Hears when clients lose their right to be connected. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Access tokens have stopped being valid.
     *
     * @param tunnelId whose.
     * @param ends which ends.
     * @param why {@link Denial#ROTATED} or {@link Denial#CLOSED}.
     */
    void revoked(String tunnelId, Set<TunnelEnd> ends, Denial why);
  }

  private final TokenPolicy policy;
  private final SecureRandom random = new SecureRandom();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, TunnelEntry> tunnels = new HashMap<>();
  private final Map<String, TokenEntry> tokens = new HashMap<>();

  /**
   * Makes an empty registry.
   *
   * @param policy how often an access token may be used.
   */
  public TunnelRegistry(TokenPolicy policy) {
    this.policy = policy;
  }

  /**
   * Adds a listener for the life of the registry.
   *
   * @param listener the listener.
   */
  public void addListener(Listener listener) {
    listeners.add(listener);
  }

  /**
   * Opens a tunnel with fresh tokens.
   *
   * @param services its services.
   * @return the tunnel.
   * @throws IllegalArgumentException if there are too many services or one is malformed.
   */
  public TunnelRecord open(List<String> services) {
    TunnelRecord tunnel = new TunnelRecord(UUID.randomUUID().toString(), services);
    synchronized (this) {
      TunnelEntry entry = new TunnelEntry(tunnel);
      tunnels.put(tunnel.id(), entry);
      RotationMode.ALL.ends().forEach(end -> renew(entry, end));
    }
    return tunnel;
  }

  /**
   * Returns all tunnels, closed ones too.
   *
   * @return the tunnels, in no order.
   */
  public synchronized List<TunnelRecord> tunnels() {
    List<TunnelRecord> all = new ArrayList<>();
    tunnels.values().forEach(entry -> all.add(entry.tunnel()));
    return all;
  }

  /** Tells whether a tunnel is still open. */
  public synchronized boolean isOpen(String tunnelId) {
    return entry(tunnelId).isOpen();
  }

  /** Returns the token that is valid now for one end of a tunnel, or was when it closed. */
  public synchronized AccessToken accessToken(String tunnelId, TunnelEnd end) {
    return entry(tunnelId).token(end).token();
  }

  /**
   * Replaces tokens; the old ones stop being valid and their clients are cut.
   *
   * @param tunnelId the tunnel.
   * @param mode whose tokens.
   * @throws IllegalStateException if the tunnel is closed.
   */
  public void rotate(String tunnelId, RotationMode mode) {
    synchronized (this) {
      TunnelEntry entry = entry(tunnelId);
      if (!entry.isOpen()) {
        throw new IllegalStateException("tunnel " + tunnelId + " is closed");
      }
      mode.ends().forEach(end -> renew(entry, end));
    }
    listeners.forEach(listener -> listener.revoked(tunnelId, mode.ends(), Denial.ROTATED));
  }

  /**
   * Closes a tunnel; its clients are cut. Does nothing if it is closed.
   *
   * @param tunnelId the tunnel.
   */
  public void close(String tunnelId) {
    synchronized (this) {
      TunnelEntry entry = entry(tunnelId);
      if (!entry.isOpen()) {
        return;
      }
      entry.close();
    }
    Set<TunnelEnd> ends = RotationMode.ALL.ends();
    listeners.forEach(listener -> listener.revoked(tunnelId, ends, Denial.CLOSED));
  }

  /**
   * Tells whose access token this is or was.
   *
   * @param token a token in clear.
   * @return the owner, empty if no tunnel ever had it.
   */
  public synchronized Optional<TokenOwner> owner(String token) {
    return Optional.ofNullable(tokens.get(token)).map(TokenEntry::owner);
  }

  /**
   * Uses an access token, if it may be used.
   *
   * @param token a token in clear.
   * @param clientToken the client token that came with it, or null.
   * @return empty if the client is let in, else why not.
   */
  public synchronized Optional<Denial> admit(String token, @Nullable String clientToken) {
    TokenEntry entry = tokens.get(token);
    if (entry == null) {
      return Optional.of(Denial.UNKNOWN);
    }
    Denial denial = entry.denial(clientToken, policy);
    if (denial == null) {
      entry.use(clientToken);
    }
    return Optional.ofNullable(denial);
  }

  private void renew(TunnelEntry tunnel, TunnelEnd end) {
    TokenEntry entry = new TokenEntry(tunnel, end, AccessToken.random(random));
    tunnel.replaceToken(entry);
    tokens.put(entry.token().reveal(), entry);
  }

  private TunnelEntry entry(String tunnelId) {
    TunnelEntry entry = tunnels.get(tunnelId);
    if (entry == null) {
      throw new NoSuchElementException("no tunnel " + tunnelId);
    }
    return entry;
  }
}
