// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.buffer;
import static io.culvert.core.websocket.Frames.concat;
import static io.culvert.core.websocket.Frames.drain;
import static io.culvert.core.websocket.Frames.frame;
import static io.culvert.core.websocket.Frames.hex;
import static io.culvert.core.websocket.Frames.payload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.culvert.api.ErrorCode;
import io.culvert.api.TunnelFailure;
import io.culvert.proto.Message;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.MessageType;
import io.culvert.wire.TunnelMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a link sends, which Netty's decoder for servers reads, and what it receives. */
class WebSocketLinkTest extends LinkFixture {
  private static final byte[] STREAM_START = hex("0009 0802 1001 2a03 535348");

  private final EmbeddedChannel server =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(
              WebSocketDecoderConfig.newBuilder()
                  .expectMaskedFrames(true)
                  .maxFramePayloadLength(LIMIT)
                  .build()));

  WebSocketLinkTest() {
    // Its own record of every word that is unmasked would take minutes.
    server.config().setAllocator(new UnpooledByteBufAllocator(false, true));
  }

  @AfterEach
  void nothingIsLeftAtTheServer() {
    server.finishAndReleaseAll();
  }

  // --- out ---

  @Test
  void dataGoesOutAsTheGeneratedClassWouldWriteItInOneMaskedFrame() {
    long seed = Long.getLong("culvert.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] payload = new byte[i % 20 == 0 ? 64_512 - random.nextInt(3) : random.nextInt(300)];
      random.nextBytes(payload);
      String service = "x".repeat(random.nextInt(129));
      int stream = random.nextInt() | 1;
      int connection = random.nextInt(4) == 0 ? 0 : random.nextInt();
      boolean room = random.nextBoolean();

      ByteBuf bytes = room ? withRoom(payload) : buffer(payload);
      link.write(TunnelMessage.data(service, stream, connection, bytes));
      link.flush();

      ByteBuf frame = channel.readOutbound();
      if (room) {
        assertThat(frame).isSameAs(bytes);
      }
      byte[] expected =
          Message.newBuilder()
              .setType(Message.Type.DATA)
              .setStreamId(stream)
              .setPayload(ByteString.copyFrom(payload))
              .setServiceId(service)
              .setConnectionId(connection)
              .build()
              .toByteArray();
      assertThat(unmasked(frame))
          .as("-Dculvert.test.seed=%d", seed)
          .isEqualTo(concat(hex("%04x".formatted(expected.length)), expected));
    }
  }

  @Test
  void controlMessagesAreBinaryFramesToo() {
    link.write(TunnelMessage.control(MessageType.STREAM_START, "SSH", 1, 0));
    link.flush();

    assertThat(unmasked(channel.readOutbound())).isEqualTo(STREAM_START);
  }

  @Test
  void pingIsAnsweredWithItsContent() {
    read(frame(0x89, payload(125)));

    PongWebSocketFrame pong = (PongWebSocketFrame) served(channel.readOutbound());
    assertThat(drain(pong.content())).isEqualTo(payload(125));
  }

  @Test
  void ofPingsThatComeWhileNothingCanBeWrittenTheLastIsAnsweredLater() {
    link.setUnsentLimit(500);
    link.write(TunnelMessage.data("SSH", 1, 1, buffer(payload(1000))));
    read(concat(frame(0x89, payload(3)), frame(0x89, payload(7))));
    assertThat(channel.outboundMessages()).isEmpty();

    link.flush();

    channel.<ByteBuf>readOutbound().release();
    PongWebSocketFrame pong = (PongWebSocketFrame) served(channel.readOutbound());
    assertThat(drain(pong.content())).isEqualTo(payload(7));
    assertThat(channel.outboundMessages()).isEmpty();
  }

  @Test
  void closeSaysWhyAndEndsTheChannel() {
    link.close(WebSocketCloseStatus.NORMAL_CLOSURE);

    CloseWebSocketFrame close = (CloseWebSocketFrame) served(channel.readOutbound());
    assertThat(close.statusCode()).isEqualTo(1000);
    close.release();
    assertThat(channel.isOpen()).isFalse();
    assertThat(listener.failures).isEmpty();
  }

  @Test
  void whoSendsHearsOfTheEndOnlyAfterwards() {
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                promise.setFailure(new IllegalStateException("thrown by the test"));
                assertThat(listener.failures).as("while somebody sends").isEmpty();
              }
            });
    link.write(TunnelMessage.control(MessageType.STREAM_START, "SSH", 1, 0));
    channel.runPendingTasks();
    assertThat(listener.failures)
        .extracting(TunnelFailure::code)
        .containsExactly(ErrorCode.INTERNAL);
  }

  @Test
  void whatCannotBeSentEndsTheLink() {
    link.failed(new OutOfMemoryError("thrown by the test"));
    link.failed(new OutOfMemoryError("thrown by the test"));
    assertThat(listener.failures).as("before the caller has returned").isEmpty();
    channel.runPendingTasks();

    assertThat(listener.failures)
        .extracting(TunnelFailure::code)
        .containsExactly(ErrorCode.INTERNAL);
    channel.releaseOutbound();
    assertThat(channel.isOpen()).isFalse();
  }

  // --- in ---

  @Test
  void messageInOneFrameIsASliceOfWhatWasRead() {
    ByteBuf in = buffer(frame(0x82, data(1000)));
    channel.writeInbound(in);

    TunnelMessage message = listener.messages.remove(0);

    assertThat(in.refCnt()).isEqualTo(1);
    assertThat(drain(message.payload())).isEqualTo(payload(1000));
    assertThat(in.refCnt()).isZero();
  }

  /** Fragments of many sizes with pongs between them, cut in two at many places. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 13, 100})
  void messagesComeThroughFragmentsAndReadsOfAnySize(int fragment) {
    byte[] messages = concat(data(90), STREAM_START, data(7));
    byte[] stream = new byte[0];
    for (int at = 0; at < messages.length; at += fragment) {
      int end = Math.min(messages.length, at + fragment);
      int first = (at == 0 ? 0x02 : 0x00) | (end == messages.length ? 0x80 : 0);
      stream =
          concat(
              stream, frame(first, Arrays.copyOfRange(messages, at, end)), frame(0x8A, payload(3)));
    }
    for (int split = 1; split < stream.length; split += 1 + stream.length / 150) {
      read(Arrays.copyOf(stream, split));
      read(Arrays.copyOfRange(stream, split, stream.length));

      assertThat(listener.messages).hasSize(3);
      assertThat(drain(listener.messages.get(0).payload())).isEqualTo(payload(90));
      assertThat(listener.messages.get(1).type()).isEqualTo(MessageType.STREAM_START);
      assertThat(drain(listener.messages.get(2).payload())).isEqualTo(payload(7));
      listener.messages.clear();
    }
    assertThat(listener.failures).isEmpty();
  }

  @Test
  void messageIsThereBeforeItsFrameIsComplete() {
    byte[] frame = frame(0x82, concat(data(200), data(60_000)));
    read(Arrays.copyOf(frame, 1000));

    assertThat(listener.messages).hasSize(1);
    listener.messages.remove(0).release();
  }

  @Test
  void violationOfTheFrameIsToldOnceAndAnsweredWithAClose() {
    read(concat(frame(0x82, data(5)), hex("c2 00"), frame(0x82, data(5))));

    assertThat(listener.messages).hasSize(1);
    listener.messages.remove(0).release();
    assertThat(listener.failures).hasSize(1);
    TunnelFailure failure = listener.failures.get(0);
    assertThat(failure.code()).isEqualTo(ErrorCode.PROTOCOL);
    assertThat(failure.message())
        .isEqualTo(
            "the service broke the protocol: WebSocket frame with reserved bits set, no extension"
                + " was agreed");
    CloseWebSocketFrame close = (CloseWebSocketFrame) served(channel.readOutbound());
    assertThat(close.statusCode()).isEqualTo(1002);
    close.release();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void violationOfTheMessageIsToldOnceAndAnsweredWithAClose() {
    read(frame(0x82, concat(hex("0000"), data(5))));

    assertThat(listener.messages).isEmpty();
    assertThat(listener.failures)
        .extracting(TunnelFailure::message)
        .containsExactly("the service broke the protocol: empty tunnel frame");
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void incompleteMessageIsReleasedWhenTheConnectionIsCut() {
    byte[] frame = frame(0x82, data(60_000));
    read(Arrays.copyOf(frame, 30_000));
    channel.close();

    assertThat(listener.failures).extracting(TunnelFailure::code).containsExactly(ErrorCode.LOST);
  }

  @Test
  void closeFrameOfTheServiceIsTold() {
    read(frame(0x88, concat(hex("03e9"), "going\u0007away".getBytes(StandardCharsets.UTF_8))));

    assertThat(listener.failures)
        .extracting(TunnelFailure::message)
        .containsExactly("the service closed the WebSocket with code 1001 goingaway");
  }

  @Test
  void secretInTheReasonOfACloseFrameIsNotToldNorAPieceOfIt() {
    String reason = "no " + SECRET + " and no " + SECRET.substring(5, 25) + "!";
    read(frame(0x88, concat(hex("03e9"), reason.getBytes(StandardCharsets.UTF_8))));

    assertThat(listener.failures)
        .extracting(TunnelFailure::message)
        .containsExactly("the service closed the WebSocket with code 1001 no **** and no ****!");
  }

  @Test
  void nameOfAServiceThatHoldsASecretIsAViolation() {
    for (TunnelMessage message :
        List.of(
            TunnelMessage.serviceIds(List.of("SSH", "x" + SECRET)),
            TunnelMessage.control(MessageType.STREAM_RESET, SECRET, 1, 0))) {
      WebSocketLinkTest fresh = new WebSocketLinkTest();
      ByteBuf bytes = new MessageEncoder().encode(message, UnpooledByteBufAllocator.DEFAULT);
      fresh.read(frame(0x82, drain(bytes)));

      assertThat(fresh.listener.messages).isEmpty();
      assertThat(fresh.listener.failures)
          .extracting(TunnelFailure::message)
          .containsExactly(
              "the service broke the protocol: service id with a piece of the access or client"
                  + " token in it");
      fresh.nothingIsLeft();
      fresh.nothingIsLeftAtTheServer();
    }
  }

  private void read(byte[] bytes) {
    channel.writeInbound(buffer(bytes));
  }

  private byte[] unmasked(ByteBuf frame) {
    BinaryWebSocketFrame binary = (BinaryWebSocketFrame) served(frame);
    assertThat(binary.isFinalFragment()).isTrue();
    return drain(binary.content());
  }

  /** Lets Netty read a frame that must be whole, alone and masked. */
  private WebSocketFrame served(ByteBuf frame) {
    server.writeInbound(frame);
    WebSocketFrame served = server.readInbound();
    assertThat(served).isNotNull();
    return served;
  }

  private static byte[] data(int length) {
    byte[] message =
        Message.newBuilder()
            .setType(Message.Type.DATA)
            .setStreamId(1)
            .setServiceId("SSH")
            .setConnectionId(1)
            .setPayload(ByteString.copyFrom(payload(length)))
            .build()
            .toByteArray();
    return concat(hex("%04x".formatted(message.length)), message);
  }
}
