// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.api.TunnelFailure;

/** What the streams of a tunnel ask of it. Called on the tunnel's event loop. */
public interface StreamsListener {
  /** The services are known, and each has what it needs: the tunnel is of use now. */
  void ready();

  /**
   * The tunnel cannot be of use as it is configured.
   *
   * @param failure why.
   */
  void failed(TunnelFailure failure);

  /**
   * The WebSocket has to be made anew, because the peer speaks a version that cannot follow the
   * present one in it.
   *
   * @param reason why, in words for a log line.
   */
  void reconnect(String reason);

  /** Something in the status of the services has changed that people wait for. */
  void changed();
}
