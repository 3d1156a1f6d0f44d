// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import org.jspecify.annotations.Nullable;

/** One access token and what became of it. Guarded by the registry's lock. */
final class TokenEntry {
  private final TunnelEntry tunnel;
  private final TunnelEnd end;
  private final AccessToken token;
  private boolean used;
  private @Nullable String clientToken;

  TokenEntry(TunnelEntry tunnel, TunnelEnd end, AccessToken token) {
    this.tunnel = tunnel;
    this.end = end;
    this.token = token;
  }

  TunnelEnd end() {
    return end;
  }

  AccessToken token() {
    return token;
  }

  TokenOwner owner() {
    return new TokenOwner(tunnel.tunnel(), end);
  }

  boolean isCurrent() {
    return tunnel.isOpen() && tunnel.token(end) == this;
  }

  /** Tells why the token cannot be used now, or null if it can. */
  @Nullable Denial denial(@Nullable String withClientToken, TokenPolicy policy) {
    if (!tunnel.isOpen()) {
      return Denial.CLOSED;
    }
    if (tunnel.token(end) != this) {
      return Denial.ROTATED;
    }
    boolean sameClient = clientToken != null && clientToken.equals(withClientToken);
    return used && policy == TokenPolicy.SINGLE_USE && !sameClient ? Denial.USED : null;
  }

  void use(@Nullable String withClientToken) {
    used = true;
    clientToken = withClientToken;
  }
}
