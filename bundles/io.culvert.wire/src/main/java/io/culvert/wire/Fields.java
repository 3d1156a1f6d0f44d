// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import com.google.protobuf.WireFormat;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;

/** The tags of the schema's fields as they are on the wire, and the varints behind them. */
final class Fields {
  static final int TYPE = tag(Message.TYPE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  static final int STREAM_ID = tag(Message.STREAMID_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  static final int IGNORABLE = tag(Message.IGNORABLE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  static final int PAYLOAD =
      tag(Message.PAYLOAD_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  static final int SERVICE_ID =
      tag(Message.SERVICEID_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  static final int CONNECTION_ID =
      tag(Message.CONNECTIONID_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);

  /** Every tag of the schema is one byte long. */
  static final int TAG_SIZE = 1;

  private Fields() {}

  /** Writes a varint; pass an int32 sign-extended and a uint32 zero-extended. */
  static void writeVarint(ByteBuf out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static int tag(int number, int wireType) {
    return number << 3 | wireType;
  }
}
