// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;

/**
 * Finds the fields of a DATA message in its frame without copying or allocating anything, provided
 * that they come in the order in which protobuf writers put them and nothing else is among them.
 * Confined to one thread; the results hold until the next scan.
 */
final class DataScanner {
  /** The most bytes that a varint has: seven bits each of a 64-bit number. */
  private static final int LONGEST_VARINT = 10;

  private int position;
  private int end;
  private boolean canonical;

  private int streamId;
  private int connectionId;
  private int payloadStart;
  private int payloadLength;
  private int serviceIdStart;
  private int serviceIdLength;

  /**
   * Looks through a frame; moves nothing in it.
   *
   * @return whether it is a canonical DATA message; if not, it may still be a valid message.
   */
  boolean scan(ByteBuf frame) {
    position = frame.readerIndex();
    end = frame.writerIndex();
    canonical = true;
    if (!takeTag(frame, Fields.TYPE) || takeVarint(frame) != Message.Type.DATA_VALUE) {
      return false;
    }
    streamId = takeTag(frame, Fields.STREAM_ID) ? takeVarint(frame) : 0;
    if (takeTag(frame, Fields.IGNORABLE)) {
      takeVarint(frame);
    }
    payloadLength = takeTag(frame, Fields.PAYLOAD) ? takeLength(frame) : 0;
    payloadStart = position;
    position += payloadLength;
    serviceIdLength = takeTag(frame, Fields.SERVICE_ID) ? takeLength(frame) : 0;
    serviceIdStart = position;
    position += serviceIdLength;
    connectionId = takeTag(frame, Fields.CONNECTION_ID) ? takeVarint(frame) : 0;
    return canonical && position == end;
  }

  int streamId() {
    return streamId;
  }

  int connectionId() {
    return connectionId;
  }

  int payloadStart() {
    return payloadStart;
  }

  int payloadLength() {
    return payloadLength;
  }

  int serviceIdStart() {
    return serviceIdStart;
  }

  int serviceIdLength() {
    return serviceIdLength;
  }

  private boolean takeTag(ByteBuf frame, int tag) {
    if (position == end || frame.getByte(position) != tag) {
      return false;
    }
    position++;
    return true;
  }

  /** Takes a varint and, as protobuf does for 32-bit fields, drops its upper half. */
  private int takeVarint(ByteBuf frame) {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT && position < end; i++) {
      byte next = frame.getByte(position++);
      value |= (next & 0x7FL) << 7 * i;
      if (next >= 0) {
        return (int) value;
      }
    }
    canonical = false;
    return 0;
  }

  /** Takes the length of a field whose bytes are all there. */
  private int takeLength(ByteBuf frame) {
    int length = takeVarint(frame);
    if (length < 0 || length > end - position) {
      canonical = false;
      return 0;
    }
    return length;
  }
}
