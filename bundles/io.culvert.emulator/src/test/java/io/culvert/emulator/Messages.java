// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import com.google.protobuf.ByteString;
import io.culvert.proto.Message;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Makes tunnel frames with the generated class, independent of the codec. */
final class Messages {
  private Messages() {}

  static Message of(Message.Type type, String service, int stream, int connection) {
    return Message.newBuilder()
        .setType(type)
        .setServiceId(service)
        .setStreamId(stream)
        .setConnectionId(connection)
        .build();
  }

  static Message streamStart(String service, int stream) {
    return of(Message.Type.STREAM_START, service, stream, 1);
  }

  static Message data(String service, int stream, byte[] payload) {
    return of(Message.Type.DATA, service, stream, 1).toBuilder()
        .setPayload(ByteString.copyFrom(payload))
        .build();
  }

  static byte[] framed(Message message) {
    return framed(message.toByteArray());
  }

  static byte[] framed(byte[] message) {
    byte[] frame = new byte[message.length + 2];
    frame[0] = (byte) (message.length >> 8);
    frame[1] = (byte) message.length;
    System.arraycopy(message, 0, frame, 2, message.length);
    return frame;
  }

  static byte[] concatenated(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
