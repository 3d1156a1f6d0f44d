// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.rules;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.culvert.proto.Message;
import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/**
 * Reads a tunnel frame field by field. Stricter than the decoder of a client has to be: a field
 * that the schema does not have, or has with another wire type, is a violation. Stateless.
 */
public final class FrameInspector {
  private static final int TYPE = tag(Message.TYPE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int STREAM_ID =
      tag(Message.STREAMID_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int IGNORABLE =
      tag(Message.IGNORABLE_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);
  private static final int PAYLOAD =
      tag(Message.PAYLOAD_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int SERVICE_ID =
      tag(Message.SERVICEID_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int AVAILABLE_SERVICE_IDS =
      tag(Message.AVAILABLESERVICEIDS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int CONNECTION_ID =
      tag(Message.CONNECTIONID_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT);

  private FrameInspector() {}

  /**
   * Reads a frame. The buffer stays the caller's and keeps its position.
   *
   * @param frame the frame without its length prefix.
   * @return what is in it.
   * @throws ProtocolViolationException if it is no message, or has an unknown field.
   */
  public static FrameFacts inspect(ByteBuf frame) throws ProtocolViolationException {
    try {
      return read(CodedInputStream.newInstance(frame.nioBuffer()));
    } catch (InvalidProtocolBufferException e) {
      throw new ProtocolViolationException("unparseable message: " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static FrameFacts read(CodedInputStream in)
      throws IOException, ProtocolViolationException {
    int type = 0;
    int streamId = 0;
    boolean ignorable = false;
    int payloadLength = 0;
    String serviceId = "";
    int connectionId = 0;
    int availableServiceIds = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == TYPE) {
        type = in.readEnum();
      } else if (tag == STREAM_ID) {
        streamId = in.readInt32();
      } else if (tag == IGNORABLE) {
        ignorable = in.readBool();
      } else if (tag == PAYLOAD) {
        payloadLength = in.readRawVarint32();
        in.skipRawBytes(payloadLength);
      } else if (tag == SERVICE_ID) {
        serviceId = in.readStringRequireUtf8();
      } else if (tag == AVAILABLE_SERVICE_IDS) {
        in.readStringRequireUtf8();
        availableServiceIds++;
      } else if (tag == CONNECTION_ID) {
        connectionId = in.readUInt32();
      } else {
        throw new ProtocolViolationException(
            "unknown field "
                + WireFormat.getTagFieldNumber(tag)
                + " of wire type "
                + WireFormat.getTagWireType(tag));
      }
    }
    return new FrameFacts(
        type, streamId, ignorable, payloadLength, serviceId, connectionId, availableServiceIds);
  }

  private static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }
}
