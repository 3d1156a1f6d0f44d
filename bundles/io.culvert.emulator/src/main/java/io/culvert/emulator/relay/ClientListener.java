// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;

/** Hears of all that comes from one client. Called on the event loop. */
interface ClientListener {
  /**
   * A tunnel frame has arrived.
   *
   * @param frame the frame without its length prefix; the listener owns it, also if it throws.
   * @throws ProtocolViolationException if the client may not send it.
   */
  void received(ByteBuf frame) throws ProtocolViolationException;

  /** No more has arrived for now. */
  void receivedAll();

  /** A ping has arrived; returns whether to answer it. */
  boolean pinged();

  /** The client takes bytes again. */
  void writable();

  /** The client broke a rule. */
  void violated(String reason);

  /** The connection is closed or about to be; may be called again. */
  void gone();
}
