// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.util.EnumMap;
import java.util.Map;

/** The changing part of a tunnel. Guarded by the registry's lock. */
final class TunnelEntry {
  private final TunnelRecord tunnel;
  private final Map<TunnelEnd, TokenEntry> tokens = new EnumMap<>(TunnelEnd.class);
  private boolean open = true;

  TunnelEntry(TunnelRecord tunnel) {
    this.tunnel = tunnel;
  }

  TunnelRecord tunnel() {
    return tunnel;
  }

  boolean isOpen() {
    return open;
  }

  void close() {
    open = false;
  }

  TokenEntry token(TunnelEnd end) {
    TokenEntry entry = tokens.get(end);
    if (entry == null) {
      throw new IllegalStateException("tunnel " + tunnel.id() + " has no token for its " + end);
    }
    return entry;
  }

  void replaceToken(TokenEntry entry) {
    tokens.put(entry.end(), entry);
  }
}
