// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tunnel and all that changes about it. Guarded by the registry's lock. */
final class TunnelEntry {
  /** How many tokens of an end are kept, so that rotating without end takes no memory. */
  private static final int KEPT_TOKENS = 100;

  private final String id;
  private final long number;
  private final TunnelRequest request;
  private final Instant createdAt;
  private final Map<TunnelEnd, Deque<TokenEntry>> tokens = new EnumMap<>(TunnelEnd.class);
  private final Map<String, String> tags;
  private Destination destination;
  private Instant updatedAt;
  private boolean open = true;

  TunnelEntry(String id, long number, TunnelRequest request, Instant now) {
    this.id = id;
    this.number = number;
    this.request = request;
    this.createdAt = now;
    this.updatedAt = now;
    this.destination = request.destination();
    this.tags = new LinkedHashMap<>(request.tags());
    RotationMode.ALL.ends().forEach(end -> tokens.put(end, new ArrayDeque<>()));
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

  /** Sets tags, unless there were more than allowed then. */
  boolean tag(Map<String, String> added, int max) {
    Map<String, String> all = new LinkedHashMap<>(tags);
    all.putAll(added);
    if (all.size() > max) {
      return false;
    }
    tags.putAll(added);
    return true;
  }

  Map<String, String> tags() {
    return tags;
  }

  /** Returns the token that is valid, or was when the tunnel closed. */
  TokenEntry token(TunnelEnd end) {
    return tokens(end).getLast();
  }

  /** Makes a token the valid one of its end, and returns the one that is no longer kept, if any. */
  Optional<TokenEntry> replaceToken(TokenEntry entry) {
    Deque<TokenEntry> ofEnd = tokens(entry.end());
    ofEnd.addLast(entry);
    return ofEnd.size() > KEPT_TOKENS ? Optional.of(ofEnd.removeFirst()) : Optional.empty();
  }

  /** Returns the tokens that are valid or are kept because they were. */
  List<TokenEntry> keptTokens() {
    List<TokenEntry> kept = new ArrayList<>();
    tokens.values().forEach(kept::addAll);
    return kept;
  }

  private Deque<TokenEntry> tokens(TunnelEnd end) {
    Deque<TokenEntry> ofEnd = tokens.get(end);
    if (ofEnd == null) {
      throw new IllegalStateException("tunnel " + id + " has no tokens for its " + end);
    }
    return ofEnd;
  }
}
