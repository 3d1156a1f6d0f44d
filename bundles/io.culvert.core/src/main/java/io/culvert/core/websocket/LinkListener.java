// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.culvert.api.TunnelFailure;
import io.culvert.wire.TunnelMessage;
import java.time.Duration;

/** Hears what comes over a WebSocket. Called on the tunnel's event loop. */
public interface LinkListener {
  /**
   * A message has come.
   *
   * @param message the message; taken over.
   */
  void received(TunnelMessage message);

  /** All messages of one read have been handed over. */
  void receiveComplete();

  /** More may be written again. */
  void writable();

  /**
   * A ping was answered.
   *
   * @param roundTrip from the ping to the answer.
   */
  void measured(Duration roundTrip);

  /**
   * The WebSocket is of no use any more; called once.
   *
   * @param failure why.
   */
  void lost(TunnelFailure failure);
}
