// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

import io.netty.buffer.ByteBuf;

/** The client that an {@link Outlet} writes to. Called on the event loop. */
public interface Exit {
  /** Tells whether the client takes bytes now; if not, it pumps the outlet when it does. */
  boolean isWritable();

  /**
   * Writes one WebSocket message without flushing.
   *
   * @param message its payload, which the exit owns from now on.
   */
  void write(ByteBuf message);

  /** Flushes what was written. */
  void flush();
}
