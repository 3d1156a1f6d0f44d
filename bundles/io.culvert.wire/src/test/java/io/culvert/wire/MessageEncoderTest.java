// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.drain;
import static io.culvert.wire.Bytes.framed;
import static io.culvert.wire.Bytes.random;
import static io.culvert.wire.Bytes.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageEncoderTest {
  private static final String LONGEST_ID = "x".repeat(128);
  private static final int WEBSOCKET_HEADER = 14;

  private final UnpooledByteBufAllocator payloads = new UnpooledByteBufAllocator(true);
  private final UnpooledByteBufAllocator frames = new UnpooledByteBufAllocator(true);
  private final MessageEncoder encoder = new MessageEncoder();

  @AfterEach
  void nothingIsLeftAllocated() {
    assertThat(used(payloads)).isZero();
    assertThat(used(frames)).isZero();
  }

  @Test
  void bytesAreThoseOfTheGeneratedClass() {
    Random random = Bytes.seededRandom();
    for (int i = 0; i < 20_000; i++) {
      TunnelMessage message = RandomMessages.legal(random);
      byte[] expected = framed(generated(message));

      assertThat(drain(encoder.encode(message, frames))).isEqualTo(expected);
      assertThat(used(frames)).isZero();
    }
  }

  @Test
  void bytesInPlaceAreThoseOfTheGeneratedClass() {
    Random random = Bytes.seededRandom();
    for (int i = 0; i < 20_000; i++) {
      TunnelMessage message = withRoom(RandomMessages.data(random));
      byte[] expected = framed(generated(message));

      ByteBuf frame = encoder.encode(message, frames);

      assertThat(frame).isSameAs(message.payload());
      assertThat(drain(frame)).isEqualTo(expected);
    }
  }

  @Test
  void everyMessageComesBackFromTheDecoder() throws Exception {
    Random random = Bytes.seededRandom();
    MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);
    List<TunnelMessage> received = new ArrayList<>();
    try (FrameSplitter splitter = new FrameSplitter(frames, WireLimits.DEFAULT)) {
      for (int i = 0; i < 2_000; i++) {
        TunnelMessage message = RandomMessages.legal(random);
        TunnelMessage copy =
            message.type() == MessageType.DATA
                ? TunnelMessage.data(
                    message.serviceId(),
                    message.streamId(),
                    message.connectionId(),
                    message.payload().copy())
                : message;

        splitter.split(
            encoder.encode(message, frames), frame -> received.add(decoder.decode(frame)));

        assertThat(received).containsExactly(copy);
        copy.release();
        received.remove(0).release();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void payloadWithRoomStaysWhereItIs(boolean direct) {
    UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(direct);
    ByteBuf payload = allocator.buffer(1000).setIndex(100, 100).writeBytes(new byte[] {7, 8, 9});
    long allocated = used(allocator);
    long address = direct ? payload.memoryAddress() : 0;
    byte[] array = direct ? null : payload.array();

    ByteBuf frame = encoder.encode(TunnelMessage.data("SSH", 1, 2, payload), allocator);

    assertThat(frame).isSameAs(payload);
    assertThat(direct ? frame.memoryAddress() : 0).isEqualTo(address);
    assertThat(direct ? null : frame.array()).isSameAs(array);
    assertThat(used(allocator)).isEqualTo(allocated);
    assertThat(frame.getByte(100)).isEqualTo((byte) 7);
    assertThat(frame.refCnt()).isEqualTo(1);
    frame.release();
    assertThat(used(allocator)).isZero();
  }

  /** The longest message fills head and tail room to the byte, but for the WebSocket header. */
  @Test
  void headroomAndTailroomAreEnoughForTheLongestMessageAndNoMore() {
    ByteBuf payload = payloadWithRoom(MessageEncoder.HEADROOM, 64512, MessageEncoder.TAILROOM);

    ByteBuf frame = encoder.encode(TunnelMessage.data(LONGEST_ID, -1, -1, payload), frames);

    assertThat(frame).isSameAs(payload);
    assertThat(frame.readerIndex()).isEqualTo(WEBSOCKET_HEADER);
    assertThat(frame.writableBytes()).isZero();
    frame.release();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void payloadWithAByteLessRoomIsCopied(boolean head) {
    int needed = MessageEncoder.HEADROOM - WEBSOCKET_HEADER;
    ByteBuf payload =
        payloadWithRoom(needed - (head ? 1 : 0), 64512, MessageEncoder.TAILROOM - (head ? 0 : 1));

    assertCopied(TunnelMessage.data(LONGEST_ID, -1, -1, payload));

    assertThat(payload.refCnt()).isZero();
  }

  @Test
  void sharedPayloadIsCopiedAndLeftAlone() {
    ByteBuf payload = payloadWithRoom(100, 3, 200);
    byte[] before = ByteBufUtil.getBytes(payload, 0, payload.capacity());
    int readerIndex = payload.readerIndex();
    payload.retain();

    assertCopied(TunnelMessage.data("SSH", 1, 2, payload));

    assertThat(payload.refCnt()).isEqualTo(1);
    assertThat(payload.readerIndex()).isEqualTo(readerIndex);
    assertThat(ByteBufUtil.getBytes(payload, 0, payload.capacity())).isEqualTo(before);
    payload.release();
  }

  @Test
  void readOnlyPayloadIsCopied() {
    ByteBuf payload = payloadWithRoom(100, 3, 200);

    assertCopied(TunnelMessage.data("SSH", 1, 2, payload.asReadOnly()));

    assertThat(payload.refCnt()).isZero();
  }

  @Test
  void roomForAWebSocketHeaderIsLeftInFrontOfEveryFrame() {
    for (TunnelMessage message :
        List.of(
            TunnelMessage.control(MessageType.STREAM_RESET, "SSH", 1, 0),
            TunnelMessage.data("SSH", 1, 1, payloadWithRoom(0, 3, 0)))) {
      ByteBuf frame = encoder.encode(message, frames);

      assertThat(frame.readerIndex()).isEqualTo(WEBSOCKET_HEADER);
      frame.release();
    }
  }

  @Test
  void longestFrameIsEncodedAndALongerOneRefused() {
    int fields = 2 + 2 + 4; // type, stream id, head of the payload
    ByteBuf longest = encoder.encode(dataOf(65535 - fields), frames);
    assertThat(longest.readUnsignedShort()).isEqualTo(65535);
    assertThat(longest.readableBytes()).isEqualTo(65535);
    longest.release();

    for (int room : List.of(0, 100)) {
      ByteBuf payload = payloadWithRoom(room, 65536 - fields, room);
      assertThatThrownBy(() -> encoder.encode(TunnelMessage.data("", 1, 0, payload), frames))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("message of 65536 bytes, at most 65535 fit a frame");
      assertThat(payload.refCnt()).isZero();
    }

    TunnelMessage services = TunnelMessage.serviceIds(Collections.nCopies(600, LONGEST_ID));
    assertThatThrownBy(() -> encoder.encode(services, frames))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertCopied(TunnelMessage message) {
    byte[] expected = framed(generated(message));

    ByteBuf frame = encoder.encode(message, frames);

    assertThat(used(frames)).isPositive();
    assertThat(drain(frame)).isEqualTo(expected);
  }

  private TunnelMessage dataOf(int length) {
    return TunnelMessage.data("", 1, 0, payloadWithRoom(0, length, 0));
  }

  private ByteBuf payloadWithRoom(int before, int length, int behind) {
    int capacity = before + length + behind;
    return payloads
        .buffer(capacity, capacity)
        .setIndex(before, before)
        .writeBytes(random(new Random(1), length));
  }

  /** Moves the payload into a buffer with just the room that the encoder documents. */
  private TunnelMessage withRoom(TunnelMessage message) {
    ByteBuf payload = message.payload();
    int length = payload.readableBytes();
    ByteBuf roomy =
        payloadWithRoom(MessageEncoder.HEADROOM, length, MessageEncoder.TAILROOM)
            .setBytes(MessageEncoder.HEADROOM, payload, length);
    payload.release();
    return TunnelMessage.data(
        message.serviceId(), message.streamId(), message.connectionId(), roomy);
  }

  private static byte[] generated(TunnelMessage message) {
    return Message.newBuilder()
        .setType(message.type().wireType())
        .setStreamId(message.streamId())
        .setPayload(ByteString.copyFrom(message.payload().nioBuffer()))
        .setServiceId(message.serviceId())
        .addAllAvailableServiceIds(message.availableServiceIds())
        .setConnectionId(message.connectionId())
        .build()
        .toByteArray();
  }
}
