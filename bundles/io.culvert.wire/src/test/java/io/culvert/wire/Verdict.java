// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import com.google.protobuf.CodedInputStream;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What becomes of a frame, as text that can be compared. */
final class Verdict {
  static final String REJECTED = "rejected";
  static final String IGNORED = "ignored";

  private static final Set<String> WITHOUT_STREAM = Set.of("SESSION_RESET", "SERVICE_IDS");

  private Verdict() {}

  static String accepted(
      String type,
      String serviceId,
      int streamId,
      int connectionId,
      String payload,
      List<String> available) {
    return String.join(
        "|",
        type,
        serviceId,
        Integer.toString(streamId),
        Integer.toUnsignedString(connectionId),
        payload,
        available.toString());
  }

  static String ofDecoder(MessageDecoder decoder, ByteBuf frame) {
    TunnelMessage message;
    try {
      message = decoder.decode(frame);
    } catch (ProtocolViolationException e) {
      return REJECTED;
    }
    if (message == null) {
      return IGNORED;
    }
    try {
      return accepted(
          message.type().name(),
          message.serviceId(),
          message.streamId(),
          message.connectionId(),
          ByteBufUtil.hexDump(message.payload()),
          message.availableServiceIds());
    } finally {
      message.release();
    }
  }

  /** Applies the rules of the protocol to what the generated class makes of the bytes. */
  static String ofGeneratedClass(byte[] bytes) {
    Message message;
    try {
      CodedInputStream input = CodedInputStream.newInstance(bytes);
      message = Message.parseFrom(input);
      // Nothing but the end of the bytes may end the message.
      input.checkLastTagWas(0);
    } catch (IOException e) {
      return REJECTED;
    }
    String type = message.getType().name();
    if (type.equals("UNRECOGNIZED")) {
      return message.getIgnorable() ? IGNORED : REJECTED;
    }
    List<String> available =
        type.equals("SERVICE_IDS")
            ? message.getAvailableServiceIdsList().stream()
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList()
            : List.of();
    boolean legal =
        !type.equals("UNKNOWN")
            && (message.getStreamId() != 0 || WITHOUT_STREAM.contains(type))
            && message.getPayload().size() <= 64512
            && message.getServiceId().matches("[a-zA-Z0-9:_-]{0,128}")
            && available.stream().allMatch(id -> id.matches("[a-zA-Z0-9:_-]{1,128}"));
    return legal
        ? accepted(
            type,
            message.getServiceId(),
            message.getStreamId(),
            message.getConnectionId(),
            type.equals("DATA") ? HexFormat.of().formatHex(message.getPayload().toByteArray()) : "",
            available)
        : REJECTED;
  }
}
