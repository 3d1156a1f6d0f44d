// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.wire.TunnelMessage;

/** A WebSocket that is up, as its streams see it. Used on the tunnel's event loop only. */
public interface Uplink {
  /**
   * Tells whether less than the low-water mark is unsent.
   *
   * @return whether more should be written.
   */
  boolean isWritable();

  /**
   * Sends a message with the next {@link #flush()}.
   *
   * @param message what to send; taken over.
   */
  void write(TunnelMessage message);

  /** Hands what was written to the socket. */
  void flush();

  /**
   * Pauses or resumes reading.
   *
   * @param reading whether to read.
   */
  void setReading(boolean reading);
}
