// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.rules;

import io.culvert.proto.Message;
import io.culvert.wire.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What the rules need to know of one tunnel frame.
 *
 * @param typeNumber the type as a number, known or not.
 * @param streamId the stream id, 0 if there is none.
 * @param ignorable whether a receiver may skip the message if it does not know its type.
 * @param payloadLength the length of the payload.
 * @param serviceId the service id, empty if there is none.
 * @param connectionId the connection id, 0 if there is none.
 * @param availableServiceIds how many available services are named.
 */
public record FrameFacts(
    int typeNumber,
    int streamId,
    boolean ignorable,
    int payloadLength,
    String serviceId,
    int connectionId,
    int availableServiceIds) {

  /** Returns the type, or null if this version of the protocol has none of that number. */
  public @Nullable MessageType type() {
    return switch (typeNumber) {
      case Message.Type.DATA_VALUE -> MessageType.DATA;
      case Message.Type.STREAM_START_VALUE -> MessageType.STREAM_START;
      case Message.Type.STREAM_RESET_VALUE -> MessageType.STREAM_RESET;
      case Message.Type.SESSION_RESET_VALUE -> MessageType.SESSION_RESET;
      case Message.Type.SERVICE_IDS_VALUE -> MessageType.SERVICE_IDS;
      case Message.Type.CONNECTION_START_VALUE -> MessageType.CONNECTION_START;
      case Message.Type.CONNECTION_RESET_VALUE -> MessageType.CONNECTION_RESET;
      default -> null;
    };
  }
}
