// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes tunnel messages of tunnel frames and enforces what the guide says about a single message.
 *
 * <p>A DATA message as protobuf writers write it is read straight from the frame, with its payload
 * a slice of it. Everything else goes through the generated class, payloads copied. Both accept the
 * same bytes.
 *
 * <p>Confined to one thread. Holds no buffer between two calls.
 */
public final class MessageDecoder {
  private final WireLimits limits;
  private final DataScanner scanner = new DataScanner();
  private final ServiceIds serviceIds = new ServiceIds();

  /** Makes a decoder that enforces the given limits. */
  public MessageDecoder(WireLimits limits) {
    this.limits = requireNonNull(limits, "limits");
  }

  /**
   * Decodes one message.
   *
   * @param frame the frame without its length prefix, which the decoder takes over.
   * @return the message, which the caller owns, or null if it is of an unknown type and says that
   *     it may be ignored.
   * @throws ProtocolViolationException if the frame is no message that the protocol allows.
   */
  public @Nullable TunnelMessage decode(ByteBuf frame) throws ProtocolViolationException {
    try {
      limits.checkFrame(frame.readableBytes());
      return scanner.scan(frame) ? scanned(frame) : parsed(frame);
    } finally {
      frame.release();
    }
  }

  private TunnelMessage scanned(ByteBuf frame) throws ProtocolViolationException {
    checkStreamId(MessageType.DATA, scanner.streamId());
    limits.checkPayload(scanner.payloadLength());
    String serviceId = serviceIds.get(frame, scanner.serviceIdStart(), scanner.serviceIdLength());
    ByteBuf payload =
        scanner.payloadLength() == 0
            ? Unpooled.EMPTY_BUFFER
            : frame.retainedSlice(scanner.payloadStart(), scanner.payloadLength());
    return TunnelMessage.data(serviceId, scanner.streamId(), scanner.connectionId(), payload);
  }

  private @Nullable TunnelMessage parsed(ByteBuf frame) throws ProtocolViolationException {
    Message message = parse(frame);
    MessageType type = MessageType.of(message.getType());
    if (type == null) {
      if (message.getType() == Message.Type.UNRECOGNIZED && message.getIgnorable()) {
        return null;
      }
      throw new ProtocolViolationException("message of unknown type " + message.getTypeValue());
    }
    checkStreamId(type, message.getStreamId());
    limits.checkPayload(message.getPayload().size());
    return new TunnelMessage(
        type,
        serviceIds.get(message.getServiceId()),
        message.getStreamId(),
        message.getConnectionId(),
        type == MessageType.DATA ? payload(message.getPayload()) : Unpooled.EMPTY_BUFFER,
        type == MessageType.SERVICE_IDS ? available(message) : List.of());
  }

  private static Message parse(ByteBuf frame) throws ProtocolViolationException {
    try {
      return Message.parseFrom(frame.nioBuffer());
    } catch (InvalidProtocolBufferException e) {
      throw new ProtocolViolationException(
          "tunnel frame of " + frame.readableBytes() + " bytes is no message: " + e.getMessage());
    }
  }

  private static ByteBuf payload(ByteString bytes) {
    return bytes.isEmpty()
        ? Unpooled.EMPTY_BUFFER
        : Unpooled.wrappedBuffer(bytes.asReadOnlyByteBuffer());
  }

  private static List<String> available(Message message) throws ProtocolViolationException {
    Set<String> distinct = new LinkedHashSet<>();
    for (String id : message.getAvailableServiceIdsList()) {
      if (!id.isEmpty()) {
        distinct.add(ServiceIds.check(id));
      }
    }
    return List.copyOf(distinct);
  }

  private static void checkStreamId(MessageType type, int streamId)
      throws ProtocolViolationException {
    if (streamId == 0 && type.hasStreamId()) {
      throw new ProtocolViolationException(type + " message without a stream id");
    }
  }
}
