// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;

/** The handlers that turn a channel into a WebSocket, as a client has it after the upgrade. */
public final class WebSocketCodec {
  private WebSocketCodec() {}

  /**
   * Adds the handlers. Behind them a buffer that is written is one binary message, a buffer that is
   * read is some of the payload of binary messages, and ping, pong and close are Netty's frames in
   * both directions. A violation comes as an exception, {@link
   * io.culvert.wire.ProtocolViolationException}.
   *
   * @param pipeline where to add them.
   * @param before the handler that follows them.
   * @param maxPayload the longest payload of a frame to accept.
   */
  public static void addBefore(ChannelPipeline pipeline, String before, int maxPayload) {
    pipeline.addBefore(before, "websocket-decoder", new FrameDecoder(maxPayload));
    pipeline.addBefore(before, "websocket-control", new WebSocket13FrameEncoder(true));
    pipeline.addBefore(before, "websocket-encoder", new FrameEncoder(new Masks()));
  }
}
