// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import io.culvert.emulator.time.ServiceClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tunnel and all that changes about it. Guarded by the registry's lock. */
final class TunnelEntry {
  private final String id;
  private final long number;
  private final TunnelRequest request;
  private final Instant createdAt;
  private final Map<TunnelEnd, TokenEntry> tokens = new EnumMap<>(TunnelEnd.class);
  private final List<TokenEntry> allTokens = new ArrayList<>();
  private final Map<String, String> tags;
  private Destination destination;
  private Instant updatedAt;
  private boolean open = true;
  private ServiceClock.@Nullable Timer timer;

  TunnelEntry(String id, long number, TunnelRequest request, Instant now) {
    this.id = id;
    this.number = number;
    this.request = request;
    this.createdAt = now;
    this.updatedAt = now;
    this.destination = request.destination();
    this.tags = new LinkedHashMap<>(request.tags());
  }

  TunnelRecord tunnel() {
    return new TunnelRecord(id, destination.services());
  }

  TunnelInfo info() {
    return new TunnelInfo(
        id,
        number,
        request.description(),
        destination,
        request.lifetime(),
        Collections.unmodifiableMap(new LinkedHashMap<>(tags)),
        open,
        createdAt,
        updatedAt);
  }

  boolean isOpen() {
    return open;
  }

  void close(Instant now) {
    open = false;
    updatedAt = now;
  }

  void rotated(Instant now) {
    updatedAt = now;
  }

  void redirect(Destination to) {
    destination = to;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Returns the token that is valid, or was when the tunnel closed. */
  TokenEntry token(TunnelEnd end) {
    TokenEntry entry = tokens.get(end);
    if (entry == null) {
      throw new IllegalStateException("tunnel " + id + " has no token for its " + end);
    }
    return entry;
  }

  void replaceToken(TokenEntry entry) {
    tokens.put(entry.end(), entry);
    allTokens.add(entry);
  }

  /** Returns the tokens that are or ever were valid. */
  List<TokenEntry> allTokens() {
    return allTokens;
  }

  /** Drops the timer of the tunnel, if it has one, in favour of another or of none. */
  void timer(ServiceClock.@Nullable Timer next) {
    if (timer != null) {
      timer.cancel();
    }
    timer = next;
  }
}
