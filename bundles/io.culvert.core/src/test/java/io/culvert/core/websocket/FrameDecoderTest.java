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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int LIMIT = 131_076;
  private static final int BINARY = 0x82;
  private static final int BINARY_BEGIN = 0x02;
  private static final int CONTINUATION = 0x00;
  private static final int CONTINUATION_END = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final EmbeddedChannel channel = newChannel();
  private final List<ByteBuf> inputs = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
    assertThat(inputs).allMatch(input -> input.refCnt() == 0);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 131_075, 131_076})
  void payloadOfEveryLengthClassComesThrough(int length) {
    read(frame(BINARY, payload(length)));
    read(frame(BINARY, payload(3)));

    assertThat(received()).isEqualTo(concat(payload(length), payload(3)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 125})
  void payloadIsASliceOfWhatWasRead(int length) {
    ByteBuf in = buffer(frame(BINARY, payload(length)));
    read(in);

    ByteBuf slice = channel.readInbound();

    assertThat(slice.unwrap()).isSameAs(in);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
    slice.release();
  }

  @Test
  void payloadGoesOnBeforeItsFrameIsComplete() {
    byte[] frame = frame(BINARY, payload(65_536));
    read(Arrays.copyOf(frame, 11));
    assertThat(received()).isEqualTo(payload(1));

    read(Arrays.copyOfRange(frame, 11, frame.length));
    assertThat(received()).isEqualTo(Arrays.copyOfRange(payload(65_536), 1, 65_536));
  }

  @Test
  void everySplitPointGivesTheSame() {
    byte[] stream =
        concat(
            frame(BINARY, payload(3)),
            frame(PING, payload(2)),
            frame(BINARY_BEGIN, payload(130)),
            frame(PONG, payload(125)),
            frame(PING, payload(0)),
            frame(CONTINUATION, payload(0)),
            frame(CONTINUATION_END, payload(4)),
            frame(BINARY, payload(65_536)),
            frame(CLOSE, hex("03e8")));
    List<String> expected =
        List.of(
            text(payload(3)),
            "Ping " + text(payload(2)),
            text(payload(130)),
            "Pong " + text(payload(125)),
            "Ping ",
            text(concat(payload(4), payload(65_536))),
            "Close 03e8");

    for (int split = 0; split <= stream.length; split += split < 400 ? 1 : 997) {
      EmbeddedChannel cut = newChannel();
      cut.writeInbound(buffer(Arrays.copyOf(stream, split)));
      cut.writeInbound(buffer(Arrays.copyOfRange(stream, split, stream.length)));
      assertThat(summary(cut)).as("split at %d", split).isEqualTo(expected);
    }
    EmbeddedChannel bytewise = newChannel();
    for (byte b : stream) {
      bytewise.writeInbound(buffer(new byte[] {b}));
    }
    assertThat(summary(bytewise)).isEqualTo(expected);
  }

  @Test
  void randomFragmentsComeThroughWhateverTheReads() {
    long seed = Long.getLong("culvert.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] payload = payload(random.nextInt(3000));
      byte[] stream = fragments(payload, random);
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(stream.length - at, 1 + random.nextInt(700));
        read(Arrays.copyOfRange(stream, at, at + length));
        at += length;
      }
      assertThat(received()).as("-Dculvert.test.seed=%d", seed).isEqualTo(payload);
    }
  }

  private static byte[] fragments(byte[] payload, Random random) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int opcode = BINARY_BEGIN;
    for (int at = 0; ; opcode = CONTINUATION) {
      int length = Math.min(payload.length - at, random.nextInt(300));
      boolean last = at + length == payload.length;
      stream.writeBytes(
          frame(opcode | (last ? 0x80 : 0), Arrays.copyOfRange(payload, at, at + length)));
      if (last) {
        return stream.toByteArray();
      }
      at += length;
      stream.writeBytes(frame(random.nextBoolean() ? PING : PONG, payload(random.nextInt(126))));
    }
  }

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

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1007, 1011, 1014, 3000, 4999})
  void closeFrameComesWithCodeAndReason(int code) {
    read(
        frame(CLOSE, concat(hex("%04x".formatted(code)), "grüß".getBytes(StandardCharsets.UTF_8))));

    CloseWebSocketFrame close = channel.readInbound();

    assertThat(close.statusCode()).isEqualTo(code);
    assertThat(close.reasonText()).isEqualTo("grüß");
    close.release();
  }

  @Test
  void closeFrameMayBeEmpty() {
    read(frame(CLOSE, payload(0)));

    CloseWebSocketFrame close = channel.readInbound();

    assertThat(close.statusCode()).isEqualTo(-1);
    close.release();
  }

  @Test
  void nothingIsReadBehindACloseFrame() {
    read(concat(frame(CLOSE, payload(0)), frame(BINARY, payload(3)), hex("ffff")));
    read(hex("ffff"));

    assertThat(summary(channel)).containsExactly("Close ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 60, 126})
  void incompleteControlFrameIsReleasedWithTheChannel(int length) {
    read(Arrays.copyOf(frame(PING, payload(125)), length));

    channel.close();
  }

  @Test
  void incompleteControlFrameIsReleasedWithTheHandler() {
    read(Arrays.copyOf(frame(PING, payload(125)), 60));

    channel.pipeline().remove(FrameDecoder.class);
  }

  @Test
  void singleReadIsRepeatedUntilThereIsSomething() {
    EmbeddedChannel lazy = newChannel();
    ReadCounter reads = new ReadCounter();
    lazy.pipeline().addFirst(reads);
    lazy.config().setAutoRead(false);

    lazy.writeInbound(buffer(hex("82 03")));
    assertThat(reads.count).isEqualTo(1);
    lazy.writeInbound(buffer(hex("01")));
    assertThat(reads.count).isEqualTo(1);
    lazy.writeInbound(buffer(hex("02 03 89")));
    assertThat(reads.count).isEqualTo(1);
    lazy.writeInbound(buffer(hex("01")));
    assertThat(reads.count).isEqualTo(2);
    lazy.finishAndReleaseAll();
  }

  private EmbeddedChannel newChannel() {
    EmbeddedChannel made = new EmbeddedChannel(new FrameDecoder(LIMIT));
    made.config().setAllocator(allocator);
    return made;
  }

  private void read(byte[] bytes) {
    read(buffer(bytes));
  }

  private void read(ByteBuf bytes) {
    inputs.add(bytes);
    channel.writeInbound(bytes);
  }

  /** Takes all payload; drops control frames. */
  private byte[] received() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof ByteBuf bytes) {
        all.writeBytes(drain(bytes));
      } else {
        ((WebSocketFrame) next).release();
      }
    }
    return all.toByteArray();
  }

  /** Says what came: the payload between control frames, and these. */
  private static List<String> summary(EmbeddedChannel from) {
    List<String> all = new ArrayList<>();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (Object next = from.readInbound(); next != null; next = from.readInbound()) {
      if (next instanceof ByteBuf bytes) {
        run.writeBytes(drain(bytes));
      } else {
        addRun(run, all);
        WebSocketFrame frame = (WebSocketFrame) next;
        String type = frame.getClass().getSimpleName().replace("WebSocketFrame", " ");
        all.add(type + text(drain(frame.content())));
      }
    }
    addRun(run, all);
    from.finishAndReleaseAll();
    return all;
  }

  private static void addRun(ByteArrayOutputStream run, List<String> all) {
    if (run.size() > 0) {
      all.add(text(run.toByteArray()));
      run.reset();
    }
  }

  private static String text(byte[] bytes) {
    return bytes.length < 1000
        ? HexFormat.of().formatHex(bytes)
        : bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
  }

  private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) {
      count++;
      ctx.read();
    }
  }
}
