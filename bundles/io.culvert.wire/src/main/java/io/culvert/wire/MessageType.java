// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.culvert.proto.Message;
import org.jspecify.annotations.Nullable;

/** The message types that an end of a tunnel knows (guide, "Message type reference"). */
public enum MessageType {
  /** Payload of one connection. */
  DATA(Message.Type.DATA),
  /** The source starts a stream of a service, with its first connection. */
  STREAM_START(Message.Type.STREAM_START),
  /** A stream has ended, with all its connections. */
  STREAM_RESET(Message.Type.STREAM_RESET),
  /** All streams have ended; only the service sends it. */
  SESSION_RESET(Message.Type.SESSION_RESET),
  /** The services of the tunnel; only the service sends it. */
  SERVICE_IDS(Message.Type.SERVICE_IDS),
  /** The source starts a further connection of a stream. */
  CONNECTION_START(Message.Type.CONNECTION_START),
  /** A connection has ended. */
  CONNECTION_RESET(Message.Type.CONNECTION_RESET);

  private final Message.Type wireType;

  MessageType(Message.Type wireType) {
    this.wireType = wireType;
  }

  Message.Type wireType() {
    return wireType;
  }

  /** Whether the type belongs to a stream, so that its stream id must not be 0. */
  boolean hasStreamId() {
    return this != SESSION_RESET && this != SERVICE_IDS;
  }

  /** Finds the type for a type of the schema, or null if none of ours is meant. */
  static @Nullable MessageType of(Message.Type wireType) {
    for (MessageType type : values()) {
      if (type.wireType == wireType) {
        return type;
      }
    }
    return null;
  }
}
