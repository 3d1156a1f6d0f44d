// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.concat;
import static io.culvert.core.websocket.Frames.frame;
import static io.culvert.core.websocket.Frames.hex;
import static io.culvert.core.websocket.Frames.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.wire.ProtocolViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a decoder of frames does not let through. */
class FrameViolationsTest extends DecoderFixture {
  @ParameterizedTest
  @CsvSource({
    // RSV bits, one by one.
    "c2 00,WebSocket frame with reserved bits set",
    "a2 00,WebSocket frame with reserved bits set",
    "92 00,WebSocket frame with reserved bits set",
    // Reserved opcodes.
    "83 00,WebSocket frame with the reserved opcode 3",
    "84 00,WebSocket frame with the reserved opcode 4",
    "85 00,WebSocket frame with the reserved opcode 5",
    "86 00,WebSocket frame with the reserved opcode 6",
    "87 00,WebSocket frame with the reserved opcode 7",
    "8b 00,WebSocket frame with the reserved opcode 11",
    "8c 00,WebSocket frame with the reserved opcode 12",
    "8d 00,WebSocket frame with the reserved opcode 13",
    "8e 00,WebSocket frame with the reserved opcode 14",
    "8f 00,WebSocket frame with the reserved opcode 15",
    // Text, also as the beginning of a fragmented message.
    "81 00,a text frame",
    "01 00,a text frame",
    // Masked.
    "82 80 00000000,masked WebSocket frame",
    "89 80 00000000,masked WebSocket frame",
    // Continuations that continue nothing, and a message within a message.
    "80 00,continuation frame without a message to continue",
    "00 00,continuation frame without a message to continue",
    "82 00 80 00,continuation frame without a message to continue",
    "02 00 80 00 80 00,continuation frame without a message to continue",
    "02 00 89 00 82 00,binary frame within a fragmented message",
    "02 00 00 00 02 00,binary frame within a fragmented message",
    // Control frames in fragments, or too long.
    "08 00,fragmented control frame",
    "09 00,fragmented control frame",
    "0a 00,fragmented control frame",
    "89 7e 007e,control frame of more than 125 bytes",
    "88 7f 0000000000010000,control frame of more than 125 bytes",
    // Lengths in more bytes than needed.
    "82 7e 0000,WebSocket frame of 0 bytes whose length is not in its shortest form",
    "82 7e 007d,WebSocket frame of 125 bytes whose length is not in its shortest form",
    "82 7f 0000000000000001,WebSocket frame of 1 bytes whose length is not in its shortest form",
    "82 7f 000000000000ffff,WebSocket frame of 65535 bytes whose length is not in its shortest",
    // Lengths over the limit.
    "82 7f 0000000000020005,'WebSocket frame of 131077 bytes, at most 131076 are allowed'",
    "82 7f 0000000100000001,'WebSocket frame of 4294967297 bytes, at most 131076 are allowed'",
    "82 7f 7fffffffffffffff,'WebSocket frame of 9223372036854775807 bytes, at most 131076'",
    "82 7f 8000000000000000,'WebSocket frame of 9223372036854775808 bytes, at most 131076'",
    "82 7f ffffffffffffffff,'WebSocket frame of 18446744073709551615 bytes, at most 131076'",
    // Close frames that do not say what they should.
    "88 01 03,close frame with half a status code",
    "88 02 0000,close frame with the status code 0",
    "88 02 03e7,close frame with the status code 999",
    "88 02 03ec,close frame with the status code 1004",
    "88 02 03ed,close frame with the status code 1005",
    "88 02 03ee,close frame with the status code 1006",
    "88 02 03f7,close frame with the status code 1015",
    "88 02 0bb7,close frame with the status code 2999",
    "88 04 03e8 c328,close frame whose reason is not UTF-8",
    "88 03 03e8 c3,close frame whose reason is not UTF-8"
  })
  void violationEndsReading(String hex, String text) {
    byte[] before = frame(BINARY, payload(9));
    byte[] after = frame(BINARY, payload(5));

    assertThatThrownBy(() -> read(concat(before, hex(hex), after)))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessageStartingWith(text);
    assertThat(received()).isEqualTo(payload(9));

    read(after);
    assertThat((Object) channel.readInbound()).isNull();
  }

  @Test
  void violationByteByByteIsFoundToo() {
    read(hex("82"));
    read(hex("7f"));
    for (int i = 0; i < 7; i++) {
      read(hex("00"));
    }

    assertThatThrownBy(() -> read(hex("01"))).isInstanceOf(ProtocolViolationException.class);
  }
}
