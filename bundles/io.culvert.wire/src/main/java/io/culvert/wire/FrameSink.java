// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.netty.buffer.ByteBuf;

/** Takes the frames that a {@link FrameSplitter} finds, in their order. */
@FunctionalInterface
public interface FrameSink {
  /**
   * Takes one tunnel frame without its length prefix.
   *
   * @param frame the frame, which the sink owns from now on, also if it throws.
   * @throws ProtocolViolationException if the frame is not acceptable; no further frame follows.
   */
  void frame(ByteBuf frame) throws ProtocolViolationException;
}
