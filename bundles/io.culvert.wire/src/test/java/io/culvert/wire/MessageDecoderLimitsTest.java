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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.UnsafeByteOperations;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderLimitsTest {
  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(ints = {64511, 64512})
  void payloadWithinTheLimitIsAccepted(int length) throws Exception {
    byte[] bytes = withPayload(length).toByteArray();

    assertThat(decode(decoder, bytes).payload()).isEqualTo(heap(new byte[length]));
    assertThat(decode(decoder, concat(UNKNOWN_FIELD, bytes)).payload())
        .isEqualTo(heap(new byte[length]));
  }

  @Test
  void payloadOverTheLimitIsAViolation() {
    byte[] bytes = withPayload(64513).toByteArray();

    assertViolation(bytes, "payload of 64513 bytes, at most 64512 are allowed");
    assertViolation(
        concat(UNKNOWN_FIELD, bytes), "payload of 64513 bytes, at most 64512 are allowed");
  }

  @Test
  void payloadLimitIsTheOneGiven() throws Exception {
    MessageDecoder limited = new MessageDecoder(new WireLimits(2, 100));
    ByteBuf tooLong = heap(withPayload(3).toByteArray());

    limited.decode(heap(withPayload(2).toByteArray())).release();
    assertThat(
            catchThrowableOfType(ProtocolViolationException.class, () -> limited.decode(tooLong)))
        .hasMessage("payload of 3 bytes, at most 2 are allowed");
    assertThat(tooLong.refCnt()).isZero();
  }

  @Test
  void frameLimitIsEnforced() throws Exception {
    // A message of 2 bytes and an unknown field 15 with a tag of 1 byte and a length of 3.
    byte[] longest = concat(hex("08 04 7a f9 ff 03"), new byte[65529]);
    byte[] tooLong = concat(hex("08 04 7a fa ff 03"), new byte[65530]);

    assertThat(longest).hasSize(65535);
    assertThat(decode(decoder, longest).type()).isEqualTo(MessageType.SESSION_RESET);
    assertViolation(tooLong, "tunnel frame of 65536 bytes, at most 65535 are allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128})
  void serviceIdWithinTheLimitIsAccepted(int length) throws Exception {
    String id = "x".repeat(length);
    byte[] data = withServiceId(id).toByteArray();

    assertThat(decode(decoder, data).serviceId()).isEqualTo(id);
    assertThat(decode(decoder, concat(UNKNOWN_FIELD, data)).serviceId()).isEqualTo(id);
    assertThat(decode(decoder, available(id)).availableServiceIds()).containsExactly(id);
  }

  @Test
  void serviceIdOverTheLimitIsAViolation() {
    String id = "x".repeat(129);
    byte[] data = withServiceId(id).toByteArray();

    String expected = "service id of 129 characters, at most 128 are allowed";
    assertViolation(data, expected);
    assertViolation(concat(UNKNOWN_FIELD, data), expected);
    assertViolation(available(id), expected);
  }

  @Test
  void serviceIdHasOnlyTheCharactersOfTheGuide() throws Exception {
    String expected = "service id with a character not in [a-zA-Z0-9:_-]";
    for (char c = 0; c < 0x200; c++) {
      String id = "a" + c;
      byte[] data = withServiceId(id).toByteArray();
      if (id.matches("[a-zA-Z0-9:_-]+")) {
        assertThat(decode(decoder, data).serviceId()).isEqualTo(id);
        assertThat(decode(decoder, concat(UNKNOWN_FIELD, data)).serviceId()).isEqualTo(id);
        assertThat(decode(decoder, available(id)).availableServiceIds()).containsExactly(id);
      } else {
        assertViolation(data, expected);
        assertViolation(concat(UNKNOWN_FIELD, data), expected);
        assertViolation(available(id), expected);
      }
    }
  }

  private static Message withPayload(int length) {
    return DATA.toBuilder().setPayload(UnsafeByteOperations.unsafeWrap(new byte[length])).build();
  }

  private static Message withServiceId(String id) {
    return DATA.toBuilder().setServiceId(id).build();
  }

  private void assertViolation(byte[] bytes, String message) {
    assertThat(violation(decoder, bytes)).hasMessage(message);
  }
}
