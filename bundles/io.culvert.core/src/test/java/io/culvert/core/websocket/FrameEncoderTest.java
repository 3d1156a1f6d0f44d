// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.concat;
import static io.culvert.core.websocket.Frames.drain;
import static io.culvert.core.websocket.Frames.hex;
import static io.culvert.core.websocket.Frames.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.culvert.wire.MessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With one and the same masking key for all frames. */
class FrameEncoderTest {
  private static final byte[] KEY = hex("a1b2c3d4");

  private final UnpooledByteBufAllocator payloads = new UnpooledByteBufAllocator(true);
  private final UnpooledByteBufAllocator frames = new UnpooledByteBufAllocator(true);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new FrameEncoder(new Masks(always(KEY))));

  FrameEncoderTest() {
    channel.config().setAllocator(frames);
  }

  @AfterEach
  void nothingIsLeftAllocated() {
    channel.finishAndReleaseAll();
    assertThat(used(payloads)).isZero();
    assertThat(used(frames)).isZero();
  }

  /** FIN and opcode 2; MASK and the length, in 7, 16 or 64 bits; the key; the payload. */
  @ParameterizedTest
  @CsvSource({
    "0,82 80",
    "1,82 81",
    "125,82 fd",
    "126,82 fe 007e",
    "127,82 fe 007f",
    "64524,82 fe fc0c",
    "65535,82 fe ffff",
    "65536,82 ff 0000000000010000",
    "65537,82 ff 0000000000010001",
    "131076,82 ff 0000000000020004"
  })
  void frameHasTheBytesOfTheStandard(int length, String header) {
    byte[] expected = concat(hex(header), KEY, masked(payload(length)));

    assertThat(drain(write(withRoom(14, length)))).isEqualTo(expected);
    assertThat(drain(write(withRoom(0, length)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,6", "125,6", "126,8", "65535,8", "65536,14"})
  void payloadWithRoomForTheHeaderStaysWhereItIs(int length, int header) {
    ByteBuf payload = withRoom(header, length);

    ByteBuf frame = write(payload);

    assertThat(frame).isSameAs(payload);
    assertThat(frame.readerIndex()).isZero();
    assertThat(used(frames)).isZero();
    frame.release();
  }

  @ParameterizedTest
  @CsvSource({"1,6", "125,6", "126,8", "65535,8", "65536,14"})
  void payloadWithAByteLessRoomIsCopied(int length, int header) {
    assertCopied(withRoom(header - 1, length));
  }

  @Test
  void sharedPayloadIsCopiedAndLeftAlone() {
    ByteBuf payload = withRoom(14, 100).retain();

    assertCopied(payload);

    assertThat(drain(payload)).isEqualTo(payload(100));
  }

  @Test
  void readOnlyPayloadIsCopied() {
    assertCopied(withRoom(14, 100).asReadOnly());
  }

  @Test
  void payloadInPiecesIsCopied() {
    assertCopied(Unpooled.wrappedBuffer(withRoom(14, 60), withRoom(0, 0), withRoom(3, 40)), 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {64_512, 3})
  void headroomOfAMessageHasRoomForTheHeader(int length) {
    ByteBuf payload = withRoom(MessageEncoder.HEADROOM, length);

    ByteBuf frame = write(payload);

    assertThat(frame).isSameAs(payload);
    frame.release();
  }

  @Test
  void otherMessagesPass() {
    PingWebSocketFrame ping = new PingWebSocketFrame();
    channel.writeOutbound(ping);

    assertThat((Object) channel.readOutbound()).isSameAs(ping);
  }

  private void assertCopied(ByteBuf payload) {
    assertCopied(payload, payload.readableBytes());
  }

  private void assertCopied(ByteBuf payload, int length) {
    byte[] plain = ByteBufUtil.getBytes(payload);
    int references = payload.refCnt();

    ByteBuf frame = write(payload);

    assertThat(payload.refCnt()).isEqualTo(references - 1);
    assertThat(used(frames)).isPositive();
    byte[] bytes = drain(frame);
    int header = bytes.length - length;
    assertThat(bytes).endsWith(masked(plain));
    assertThat(header).isBetween(6, 14);
  }

  private ByteBuf write(ByteBuf payload) {
    channel.writeOutbound(payload);
    return channel.readOutbound();
  }

  private ByteBuf withRoom(int before, int length) {
    return payloads
        .buffer(Math.max(1, before + length))
        .setIndex(before, before)
        .writeBytes(payload(length));
  }

  private static byte[] masked(byte[] payload) {
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= KEY[i % 4];
    }
    return payload;
  }

  private static long used(UnpooledByteBufAllocator allocator) {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  private static Random always(byte[] key) {
    return new Random() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = key[i % key.length];
        }
      }
    };
  }
}
