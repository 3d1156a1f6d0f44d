// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.server;

import io.culvert.emulator.registry.TokenOwner;

/** What the service answers to a handshake. */
sealed interface Verdict {
  /**
   * The client is let in; its access token is used.
   *
   * @param owner the tunnel and the end.
   * @param subprotocol the subprotocol to speak.
   */
  record Accepted(TokenOwner owner, String subprotocol) implements Verdict {}

  /**
   * The client is turned away.
   *
   * @param status the HTTP status.
   * @param reason one sentence for the body.
   */
  record Refused(int status, String reason) implements Verdict {}
}
