// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.concat;
import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static io.culvert.wire.Decoding.DATA;
import static io.culvert.wire.Decoding.UNKNOWN_FIELD;
import static io.culvert.wire.Decoding.available;
import static io.culvert.wire.Decoding.decode;
import static io.culvert.wire.Decoding.violation;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);

  @Test
  void payloadIsASliceOfTheFrame() throws Exception {
    ByteBuf frame = heap(DATA.toByteArray());

    TunnelMessage message = decoder.decode(frame);

    assertThat(message.payload().array()).isSameAs(frame.array());
    message.release();
    assertThat(frame.refCnt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "direct", "composite", "read-only"})
  void everyKindOfBufferIsDecodedOnBothPaths(String kind) throws Exception {
    for (byte[] bytes : List.of(DATA.toByteArray(), concat(UNKNOWN_FIELD, DATA.toByteArray()))) {
      ByteBuf frame =
          switch (kind) {
            case "heap" -> heap(bytes);
            case "direct" -> Unpooled.directBuffer(bytes.length).writeBytes(bytes);
            case "composite" ->
                Unpooled.wrappedBuffer(Unpooled.copiedBuffer(bytes, 0, 3), tail(bytes));
            default -> heap(bytes).asReadOnly();
          };

      assertDecodesTo(TunnelMessage.data("SSH", 1, 2, heap(hex("68 69"))), decoder.decode(frame));
      assertThat(frame.refCnt()).isZero();
    }
  }

  @Test
  void messagesOfAServiceShareItsId() throws Exception {
    byte[] start = hex("08 02 10 01 2a 03 53 53 48 38 01");

    String first = decode(decoder, start).serviceId();

    assertThat(decode(decoder, DATA.toByteArray()).serviceId()).isSameAs(first);
    assertThat(decode(decoder, start).serviceId()).isSameAs(first);
    assertThat(decode(decoder, DATA.toByteArray()).serviceId()).isSameAs(first);
  }

  @Test
  void moreServicesThanAreRememberedStayApart() throws Exception {
    for (int round = 0; round < 3; round++) {
      for (int i = 10; i < 40; i++) {
        Message message = DATA.toBuilder().setServiceId("SSH" + i).build();

        assertThat(decode(decoder, message.toByteArray()).serviceId()).isEqualTo("SSH" + i);
      }
    }
  }

  @Test
  void emptyAndRepeatedAvailableServicesAreDropped() throws Exception {
    TunnelMessage message = decode(decoder, available("", "SSH", "HTTP", "", "SSH", "a"));

    assertThat(message.availableServiceIds()).containsExactly("SSH", "HTTP", "a");
  }

  @Test
  void availableServicesOfOtherMessagesAreNoBusinessOfOurs() throws Exception {
    Message message =
        Message.newBuilder()
            .setType(Message.Type.SESSION_RESET)
            .setPayload(ByteString.copyFromUtf8("hi"))
            .addAvailableServiceIds("not an id")
            .build();

    assertDecodesTo(
        TunnelMessage.control(MessageType.SESSION_RESET, "", 0, 0),
        decode(decoder, message.toByteArray()));
  }

  @Test
  void messageWithoutTypeIsAViolation() {
    assertViolation(hex("10 01"), "message of unknown type 0");
    assertViolation(hex("08 00 10 01"), "message of unknown type 0");
    // Not even if it claims to be ignorable.
    assertViolation(hex("08 00 10 01 18 01"), "message of unknown type 0");
  }

  @Test
  void unknownTypeIsAViolationUnlessIgnorable() throws Exception {
    assertViolation(hex("08 08 10 01"), "message of unknown type 8");
    assertViolation(hex("08 08 10 01 18 00"), "message of unknown type 8");
    assertViolation(hex("08 ff ff ff ff ff ff ff ff ff 01"), "message of unknown type -1");

    ByteBuf ignorable = heap(hex("08 08 10 01 18 01 2a 01 20"));
    assertThat(decoder.decode(ignorable)).isNull();
    assertThat(ignorable.refCnt()).isZero();
  }

  @ParameterizedTest
  @EnumSource(MessageType.class)
  void onlyMessagesOfTheServiceMayLackAStreamId(MessageType type) throws Exception {
    Message message = Message.newBuilder().setType(type.wireType()).setConnectionId(1).build();

    switch (type) {
      case SESSION_RESET, SERVICE_IDS ->
          assertThat(decode(decoder, message.toByteArray()).streamId()).isZero();
      default -> assertViolation(message.toByteArray(), type + " message without a stream id");
    }
  }

  @Test
  void dataWithoutStreamIdIsAViolationOnTheSlowPathToo() {
    assertViolation(
        concat(UNKNOWN_FIELD, DATA.toBuilder().clearStreamId().build().toByteArray()),
        "DATA message without a stream id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08 01 10", // stream id missing
        "08 01 10 80 80 80 80 80 80 80 80 80 80 01", // varint of eleven bytes
        "08 01 10 01 22 05 61 62", // payload cut short
        "08 01 10 01 22 ff ff ff ff 0f 61", // payload of negative length
        "08 01 10 01 2a 02 c3 28", // service id not UTF-8
        "08 01 10 01 0c", // end of a group that did not begin
        "08 01 10 01 7c", // the same in an unknown field
        "08 01 10 01 7b 78 01", // group without end
        "08 01 10 01 00 00", // field number 0
        "08 01 10 01 7e", // wire type 6
        "ff" // tag cut short
      })
  void unparseableFrameIsAViolation(String bytes) {
    ProtocolViolationException violation = violation(decoder, hex(bytes));

    if (!bytes.contains("c3")) {
      assertThat(violation).hasMessageContaining("bytes is no message: ");
    }
  }

  /** An unknown group may hold groups; this must end before the stack does. */
  @Test
  void frameFullOfNestedGroupsIsAViolation() {
    byte[] groups = new byte[65533];
    Arrays.fill(groups, (byte) 0x7b);

    assertThat(violation(decoder, concat(hex("08 04"), groups)))
        .hasMessageContaining("65535 bytes is no message: ");
  }

  @Test
  void violationsDoNotQuoteThePayload() {
    ByteString secret = ByteString.copyFromUtf8("hunter2");
    for (Message message :
        List.of(
            DATA.toBuilder().setPayload(secret).setStreamId(0).build(),
            DATA.toBuilder().setPayload(secret).setServiceId("hunter2!").build(),
            DATA.toBuilder().setPayload(secret).setTypeValue(9).build())) {
      assertThat(violation(decoder, message.toByteArray())).hasMessageNotContaining("hunter2");
    }
    byte[] cut = concat(hex("08 01 10 01 22 10"), secret.toByteArray());
    assertThat(violation(decoder, cut)).hasMessageNotContaining("hunter2");
  }

  private static ByteBuf tail(byte[] bytes) {
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes, 3, bytes.length - 3);
  }

  private static void assertDecodesTo(TunnelMessage expected, TunnelMessage actual) {
    assertThat(actual).isEqualTo(expected);
    actual.release();
  }

  private void assertViolation(byte[] bytes, String message) {
    assertThat(violation(decoder, bytes)).hasMessage(message);
  }
}
