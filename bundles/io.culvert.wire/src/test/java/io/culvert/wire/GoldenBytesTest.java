// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.drain;
import static io.culvert.wire.Bytes.framed;
import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message type in the shape of every protocol version, byte by byte. */
class GoldenBytesTest {
  record Golden(String name, TunnelMessage message, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden> goldens() {
    return Stream.of(
        golden(
            "V1 STREAM_START",
            control(MessageType.STREAM_START, "", 1, 0),
            "08 02", // type = STREAM_START
            "10 01"), // streamId = 1
        golden(
            "V2 STREAM_START",
            control(MessageType.STREAM_START, "SSH", 1, 0),
            "08 02", // type = STREAM_START
            "10 01", // streamId = 1
            "2a 03 53 53 48"), // serviceId = "SSH"
        golden(
            "V3 STREAM_START",
            control(MessageType.STREAM_START, "SSH", 300, 1),
            "08 02", // type = STREAM_START
            "10 ac 02", // streamId = 300
            "2a 03 53 53 48", // serviceId = "SSH"
            "38 01"), // connectionId = 1
        golden(
            "V1 DATA",
            data("", 1, 0, "hi"),
            "08 01", // type = DATA
            "10 01", // streamId = 1
            "22 02 68 69"), // payload = "hi"
        golden(
            "V2 DATA",
            data("SSH", 1, 0, "hi"),
            "08 01", // type = DATA
            "10 01", // streamId = 1
            "22 02 68 69", // payload = "hi"
            "2a 03 53 53 48"), // serviceId = "SSH"
        golden(
            "V3 DATA",
            data("SSH", 1, 2, "hi"),
            "08 01", // type = DATA
            "10 01", // streamId = 1
            "22 02 68 69", // payload = "hi"
            "2a 03 53 53 48", // serviceId = "SSH"
            "38 02"), // connectionId = 2
        golden(
            "V3 DATA with the largest ids",
            data("a:Z_0-9", -1, -1, "hi"),
            "08 01", // type = DATA
            "10 ff ff ff ff ff ff ff ff ff 01", // streamId = -1, sign-extended to 64 bits
            "22 02 68 69", // payload = "hi"
            "2a 07 61 3a 5a 5f 30 2d 39", // serviceId = "a:Z_0-9"
            "38 ff ff ff ff 0f"), // connectionId = 2^32 - 1
        golden(
            "DATA without payload",
            data("SSH", Integer.MIN_VALUE, 1, ""),
            "08 01", // type = DATA
            "10 80 80 80 80 f8 ff ff ff ff 01", // streamId = -2^31, sign-extended to 64 bits
            "2a 03 53 53 48", // serviceId = "SSH"
            "38 01"), // connectionId = 1
        golden(
            "V1 STREAM_RESET",
            control(MessageType.STREAM_RESET, "", 1, 0),
            "08 03", // type = STREAM_RESET
            "10 01"), // streamId = 1
        golden(
            "V2 and V3 STREAM_RESET",
            control(MessageType.STREAM_RESET, "SSH", 1, 0),
            "08 03", // type = STREAM_RESET
            "10 01", // streamId = 1
            "2a 03 53 53 48"), // serviceId = "SSH"
        golden(
            "SESSION_RESET",
            control(MessageType.SESSION_RESET, "", 0, 0),
            "08 04"), // type = SESSION_RESET
        golden(
            "SERVICE_IDS of a tunnel without services",
            TunnelMessage.serviceIds(List.of()),
            "08 05"), // type = SERVICE_IDS
        golden(
            "SERVICE_IDS",
            TunnelMessage.serviceIds(List.of("SSH", "HTTP")),
            "08 05", // type = SERVICE_IDS
            "32 03 53 53 48", // availableServiceIds += "SSH"
            "32 04 48 54 54 50"), // availableServiceIds += "HTTP"
        golden(
            "V3 CONNECTION_START",
            control(MessageType.CONNECTION_START, "SSH", 1, 2),
            "08 06", // type = CONNECTION_START
            "10 01", // streamId = 1
            "2a 03 53 53 48", // serviceId = "SSH"
            "38 02"), // connectionId = 2
        golden(
            "V3 CONNECTION_RESET",
            control(MessageType.CONNECTION_RESET, "SSH", 1, 300),
            "08 07", // type = CONNECTION_RESET
            "10 01", // streamId = 1
            "2a 03 53 53 48", // serviceId = "SSH"
            "38 ac 02"), // connectionId = 300
        golden(
            "CONNECTION_RESET of a V2 end",
            control(MessageType.CONNECTION_RESET, "SSH", 1, 0),
            "08 07", // type = CONNECTION_RESET
            "10 01", // streamId = 1
            "2a 03 53 53 48")); // serviceId = "SSH"
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void bytesAreDecoded(Golden golden) throws Exception {
    ByteBuf frame = heap(golden.bytes());

    TunnelMessage decoded = new MessageDecoder(WireLimits.DEFAULT).decode(frame);

    assertThat(decoded).isEqualTo(golden.message());
    decoded.release();
    assertThat(frame.refCnt()).isZero();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void messageIsEncoded(Golden golden) {
    ByteBuf frame = new MessageEncoder().encode(golden.message(), UnpooledByteBufAllocator.DEFAULT);

    assertThat(drain(frame)).isEqualTo(framed(golden.bytes()));
  }

  private static Golden golden(String name, TunnelMessage message, String... fields) {
    return new Golden(name, message, hex(fields));
  }

  private static TunnelMessage control(
      MessageType type, String serviceId, int streamId, int connectionId) {
    return TunnelMessage.control(type, serviceId, streamId, connectionId);
  }

  private static TunnelMessage data(
      String serviceId, int streamId, int connectionId, String payload) {
    return TunnelMessage.data(
        serviceId, streamId, connectionId, heap(payload.getBytes(StandardCharsets.US_ASCII)));
  }
}
