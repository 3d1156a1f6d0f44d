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

import io.netty.buffer.ByteBuf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest extends DecoderFixture {
  private static final int BINARY_BEGIN = 0x02;
  private static final int CONTINUATION = 0x00;
  private static final int CONTINUATION_END = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

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
