// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import io.culvert.api.TunnelFailure;
import io.culvert.wire.TunnelMessage;
import java.time.Duration;

/** Hears what comes over a WebSocket. Called on the tunnel's event loop. */
interface LinkListener {
  /** A message has come; taken over. */
  void received(TunnelMessage message);

  /** All messages of one read have been handed over. */
  void receiveComplete();

  /** More may be written again. */
  void writable();

  /** A ping was answered. */
  void measured(Duration roundTrip);

  /** The WebSocket is of no use any more; called once. */
  void lost(TunnelFailure failure);
}
