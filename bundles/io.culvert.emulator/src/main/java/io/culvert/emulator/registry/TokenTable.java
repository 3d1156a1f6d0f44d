// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens of all tunnels, to be found by their text. Guarded by the registry's lock. */
final class TokenTable {
  private final SecureRandom random = new SecureRandom();
  private final Map<String, TokenEntry> tokens = new HashMap<>();

  /** Gives a tunnel fresh tokens and returns them. */
  Map<TunnelEnd, AccessToken> renew(TunnelEntry tunnel, RotationMode mode) {
    Map<TunnelEnd, AccessToken> fresh = new EnumMap<>(TunnelEnd.class);
    for (TunnelEnd end : mode.ends()) {
      TokenEntry entry = new TokenEntry(tunnel, end, AccessToken.random(random));
      tunnel.replaceToken(entry).ifPresent(this::drop);
      tokens.put(entry.token().reveal(), entry);
      fresh.put(end, entry.token());
    }
    return Collections.unmodifiableMap(fresh);
  }

  /** Forgets all tokens of a tunnel. */
  void drop(TunnelEntry tunnel) {
    tunnel.keptTokens().forEach(this::drop);
  }

  private void drop(TokenEntry token) {
    tokens.remove(token.token().reveal());
  }

  /** Finds a token that is or was valid. */
  Optional<TokenEntry> find(String token) {
    return Optional.ofNullable(tokens.get(token));
  }
}
