// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Messages to decode, and what comes of it. */
final class Decoding {
  /** An unknown field, number 15: in front of a message it keeps the decoder off its fast path. */
  static final byte[] UNKNOWN_FIELD = hex("78 01");

  static final Message DATA =
      Message.newBuilder()
          .setType(Message.Type.DATA)
          .setStreamId(1)
          .setPayload(ByteString.copyFromUtf8("hi"))
          .setServiceId("SSH")
          .setConnectionId(2)
          .build();

  private Decoding() {}

  static byte[] available(String... ids) {
    return Message.newBuilder()
        .setType(Message.Type.SERVICE_IDS)
        .addAllAvailableServiceIds(List.of(ids))
        .build()
        .toByteArray();
  }

  /** Decodes from a buffer whose release is left to the garbage collector. */
  static TunnelMessage decode(MessageDecoder decoder, byte[] bytes)
      throws ProtocolViolationException {
    return decoder.decode(heap(bytes));
  }

  static ProtocolViolationException violation(MessageDecoder decoder, byte[] bytes) {
    ByteBuf frame = heap(bytes);
    ProtocolViolationException violation =
        catchThrowableOfType(ProtocolViolationException.class, () -> decoder.decode(frame));
    assertThat(violation).isNotNull();
    assertThat(frame.refCnt()).isZero();
    return violation;
  }
}
