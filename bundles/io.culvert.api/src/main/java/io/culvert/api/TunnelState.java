// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/** The life of a tunnel. {@link #CLOSED} and {@link #FAILED} are final. */
public enum TunnelState {
  /** Made, but waits for something before it may connect, such as the decoder of its token. */
  WAITING,
  /** The first connection attempt is under way or will be repeated. */
  CONNECTING,
  /** The WebSocket is up and the services are known. */
  CONNECTED,
  /** A WebSocket that was up is lost; attempts to get it back are under way. */
  RECONNECTING,
  /** Ended as it should: closed here, or closed, expired or rotated at the service. */
  CLOSED,
  /** Ended for a reason that somebody has to mend; see the failure of the status. */
  FAILED;

  /**
   * Tells whether no other state follows.
   *
   * @return whether this state is final.
   */
  public boolean isFinal() {
    return this == CLOSED || this == FAILED;
  }
}
