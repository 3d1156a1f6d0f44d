// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.registry.Denial;
import io.culvert.emulator.registry.TokenOwner;
import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.emulator.registry.TunnelRegistry;
import io.culvert.emulator.server.Verdict.Accepted;
import io.culvert.emulator.server.Verdict.Refused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides on handshakes. What is wrong with the form of a request is found before its access token
 * is used up. Stateless.
 */
final class HandshakeRules {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;
  private static final String PATH = "/tunnel";
  private static final Pattern CLIENT_TOKEN = Pattern.compile("[a-zA-Z0-9-]{32,128}");

  private final TunnelRegistry registry;

  HandshakeRules(TunnelRegistry registry) {
    this.registry = registry;
  }

  /** Tells whose request it is, empty if it does not have one known access token. */
  Optional<TokenOwner> owner(HandshakeRequest request) {
    return request.accessTokens().size() == 1
        ? registry.owner(request.accessTokens().get(0))
        : Optional.empty();
  }

  /** Decides, and uses the access token if the client is let in. */
  Verdict judge(HandshakeRequest request) {
    if (!request.path().equals(PATH)) {
      return malformed("Invalid path: it must be " + PATH);
    }
    TunnelEnd end =
        request.modes().size() == 1 ? TunnelEnd.ofWireName(request.modes().get(0)) : null;
    if (end == null) {
      return malformed("Invalid local-proxy-mode: it must be source or destination, once");
    }
    if (request.accessTokens().size() != 1) {
      return malformed("Exactly one access token is needed");
    }
    List<String> clientTokens = request.clientTokens();
    if (clientTokens.size() > 1) {
      return malformed("At most one client token is allowed");
    }
    String clientToken = clientTokens.isEmpty() ? null : clientTokens.get(0);
    if (clientToken != null && !CLIENT_TOKEN.matcher(clientToken).matches()) {
      return malformed("Invalid client token: it must match " + CLIENT_TOKEN.pattern());
    }
    return judge(request, request.accessTokens().get(0), clientToken, end);
  }

  /** Tells whether what was accepted is still valid when the answer is out. */
  boolean isStillValid(HandshakeRequest request) {
    return request.accessTokens().stream().allMatch(registry::isCurrent);
  }

  private Verdict judge(
      HandshakeRequest request, String accessToken, @Nullable String clientToken, TunnelEnd end) {
    Optional<TokenOwner> owner = registry.owner(accessToken);
    if (owner.isEmpty()) {
      return denied(Denial.UNKNOWN);
    }
    if (owner.get().end() != end) {
      return malformed("Invalid access token: It is not for local-proxy-mode " + end.wireName());
    }
    Optional<String> subprotocol = Subprotocol.choose(request.subprotocols());
    if (subprotocol.isEmpty()) {
      return malformed("No supported subprotocol is offered");
    }
    if (!request.isUpgrade()) {
      return malformed("Not a WebSocket upgrade of version 13");
    }
    return registry
        .admit(accessToken, clientToken)
        .<Verdict>map(HandshakeRules::denied)
        .orElseGet(() -> new Accepted(owner.get(), subprotocol.get()));
  }

  private static Refused malformed(String reason) {
    return new Refused(BAD_REQUEST, reason);
  }

  private static Refused denied(Denial denial) {
    return new Refused(denial == Denial.CLOSED ? GONE : FORBIDDEN, denial.reason());
  }
}
