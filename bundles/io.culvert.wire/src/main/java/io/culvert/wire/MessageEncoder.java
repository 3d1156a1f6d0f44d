// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static com.google.protobuf.CodedOutputStream.computeInt32SizeNoTag;
import static com.google.protobuf.CodedOutputStream.computeUInt32SizeNoTag;

import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * Makes tunnel frames of tunnel messages, byte for byte as the generated class would.
 *
 * <p>The payload of a DATA message stays where it is if its buffer has room for the fields around
 * it: {@link #HEADROOM} before and {@link #TAILROOM} behind it are enough for any message. A frame
 * in a buffer of its own has room for a WebSocket header in front of it, too.
 *
 * <p>Stateless, hence safe for any thread.
 */
public final class MessageEncoder {
  private static final int LONGEST_WEBSOCKET_HEADER = 14;
  private static final int LENGTH_PREFIX = Short.BYTES;
  private static final int LONGEST_INT32 = 10;
  private static final int LONGEST_UINT32 = 5;
  private static final int LONGEST_PAYLOAD_LENGTH = 3;
  private static final int SERVICE_ID_LENGTH = 2;
  private static final int TYPE_FIELD = Fields.TAG_SIZE + 1;

  /**
   * The bytes to leave free in front of a payload: WebSocket header, length prefix, type, stream id
   * and the beginning of the payload field.
   */
  public static final int HEADROOM =
      LONGEST_WEBSOCKET_HEADER
          + LENGTH_PREFIX
          + TYPE_FIELD
          + (Fields.TAG_SIZE + LONGEST_INT32)
          + (Fields.TAG_SIZE + LONGEST_PAYLOAD_LENGTH);

  /** The bytes to leave free behind a payload: service id and connection id. */
  public static final int TAILROOM =
      (Fields.TAG_SIZE + SERVICE_ID_LENGTH + ServiceIds.MAX_LENGTH)
          + (Fields.TAG_SIZE + LONGEST_UINT32);

  /**
   * Encodes one message with the fields that {@link TunnelMessage} names for its type.
   *
   * @param message the message, which the encoder takes over. A payload with a reference count of 1
   *     is taken to be nobody else's, also in the bytes around it.
   * @param allocator gives the buffer of a frame that is not built around its payload.
   * @return the frame with its length prefix, which the caller owns.
   * @throws IllegalArgumentException if the message is longer than a length prefix can say.
   */
  public ByteBuf encode(TunnelMessage message, ByteBufAllocator allocator) {
    if (message.type() == MessageType.DATA) {
      return encodeData(message, allocator);
    }
    message.release();
    return encodeControl(message, allocator);
  }

  private static ByteBuf encodeControl(TunnelMessage message, ByteBufAllocator allocator) {
    byte[] bytes =
        Message.newBuilder()
            .setType(message.type().wireType())
            .setStreamId(message.streamId())
            .setServiceId(message.serviceId())
            .addAllAvailableServiceIds(message.availableServiceIds())
            .setConnectionId(message.connectionId())
            .build()
            .toByteArray();
    return newFrame(bytes.length, allocator).writeBytes(bytes);
  }

  private static ByteBuf encodeData(TunnelMessage message, ByteBufAllocator allocator) {
    ByteBuf payload = message.payload();
    int payloadLength = payload.readableBytes();
    int head = headLength(message, payloadLength);
    int tail = tailLength(message);
    int length = head + payloadLength + tail;
    if (length <= WireLimits.LONGEST_FRAME && hasRoom(payload, LENGTH_PREFIX + head, tail)) {
      int payloadEnd = payload.writerIndex();
      int start = payload.readerIndex() - LENGTH_PREFIX - head;
      payload.setIndex(start, start).writeShort(length);
      writeHead(payload, message, payloadLength);
      payload.writerIndex(payloadEnd);
      writeTail(payload, message);
      return payload;
    }
    try {
      ByteBuf frame = newFrame(length, allocator);
      writeHead(frame, message, payloadLength);
      frame.writeBytes(payload, payload.readerIndex(), payloadLength);
      writeTail(frame, message);
      return frame;
    } finally {
      payload.release();
    }
  }

  private static boolean hasRoom(ByteBuf payload, int before, int behind) {
    return payload.refCnt() == 1
        && !payload.isReadOnly()
        && payload.readerIndex() >= before
        && payload.maxFastWritableBytes() >= behind;
  }

  /** Allocates a frame and writes its length prefix. */
  private static ByteBuf newFrame(int length, ByteBufAllocator allocator) {
    if (length > WireLimits.LONGEST_FRAME) {
      throw new IllegalArgumentException(
          "message of " + length + " bytes, at most " + WireLimits.LONGEST_FRAME + " fit a frame");
    }
    int start = LONGEST_WEBSOCKET_HEADER;
    ByteBuf frame = allocator.buffer(start + LENGTH_PREFIX + length);
    return frame.setIndex(start, start).writeShort(length);
  }

  private static int headLength(TunnelMessage message, int payloadLength) {
    int length = TYPE_FIELD;
    if (message.streamId() != 0) {
      length += Fields.TAG_SIZE + computeInt32SizeNoTag(message.streamId());
    }
    if (payloadLength > 0) {
      length += Fields.TAG_SIZE + computeUInt32SizeNoTag(payloadLength);
    }
    return length;
  }

  private static void writeHead(ByteBuf out, TunnelMessage message, int payloadLength) {
    out.writeByte(Fields.TYPE).writeByte(Message.Type.DATA_VALUE);
    if (message.streamId() != 0) {
      out.writeByte(Fields.STREAM_ID);
      Fields.writeVarint(out, message.streamId());
    }
    if (payloadLength > 0) {
      out.writeByte(Fields.PAYLOAD);
      Fields.writeVarint(out, payloadLength);
    }
  }

  private static int tailLength(TunnelMessage message) {
    int length = 0;
    if (!message.serviceId().isEmpty()) {
      int idLength = ByteBufUtil.utf8Bytes(message.serviceId());
      length += Fields.TAG_SIZE + computeUInt32SizeNoTag(idLength) + idLength;
    }
    if (message.connectionId() != 0) {
      length += Fields.TAG_SIZE + computeUInt32SizeNoTag(message.connectionId());
    }
    return length;
  }

  private static void writeTail(ByteBuf out, TunnelMessage message) {
    if (!message.serviceId().isEmpty()) {
      out.writeByte(Fields.SERVICE_ID);
      int idLength = ByteBufUtil.utf8Bytes(message.serviceId());
      Fields.writeVarint(out, idLength);
      // Not writeUtf8, which makes room for three bytes per character and so may move the buffer.
      ByteBufUtil.reserveAndWriteUtf8(out, message.serviceId(), idLength);
    }
    if (message.connectionId() != 0) {
      out.writeByte(Fields.CONNECTION_ID);
      Fields.writeVarint(out, Integer.toUnsignedLong(message.connectionId()));
    }
  }
}
