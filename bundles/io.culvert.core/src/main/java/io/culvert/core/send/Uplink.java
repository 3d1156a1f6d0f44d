// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.wire.TunnelMessage;

/** A WebSocket that is up, as those see it who send. Used on the tunnel's event loop only. */
public interface Uplink {
  /**
   * Tells whether less than the limit is unsent. It hears of that who had to wait for it.
   *
   * @return whether more should be written.
   */
  boolean isWritable();

  /**
   * Bounds what waits here, and in the kernel before it is on its way.
   *
   * @param bytes from which on it is not writable; below half of them it is again.
   */
  void setUnsentLimit(int bytes);

  /**
   * Counts what was written and the kernel has not taken yet, encrypted or not.
   *
   * @return bytes, with what Netty adds for each buffer.
   */
  long unsentBytes();

  /**
   * Sends a message with the next {@link #flush()}.
   *
   * @param message what to send; taken over.
   * @return the bytes of the message, without what WebSocket and TLS add.
   */
  int write(TunnelMessage message);

  /** Hands what was written to the socket. */
  void flush();

  /**
   * Gives the WebSocket up, as what was to be sent may be lost; but only when the caller, and
   * whoever called it, has returned. Nothing more must be written until then.
   *
   * @param cause why it could not be sent.
   */
  void failed(Throwable cause);

  /**
   * Pauses or resumes reading.
   *
   * @param reading whether to read.
   */
  void setReading(boolean reading);
}
