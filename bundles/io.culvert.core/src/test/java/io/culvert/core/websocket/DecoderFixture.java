// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import static io.culvert.core.websocket.Frames.buffer;
import static io.culvert.core.websocket.Frames.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A decoder without a network, from which nothing may be left in memory. */
abstract class DecoderFixture {
  static final int LIMIT = 131_076;
  static final int BINARY = 0x82;

  final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  final EmbeddedChannel channel = newChannel();
  final List<ByteBuf> inputs = new ArrayList<>();

  @AfterEach
  void nothingIsLeft() {
    channel.finishAndReleaseAll();
    assertThat(inputs).allMatch(input -> input.refCnt() == 0);
    assertThat(allocator.metric().usedHeapMemory()).isZero();
  }

  EmbeddedChannel newChannel() {
    EmbeddedChannel made = new EmbeddedChannel(new FrameDecoder(LIMIT));
    made.config().setAllocator(allocator);
    return made;
  }

  void read(byte[] bytes) {
    read(buffer(bytes));
  }

  void read(ByteBuf bytes) {
    inputs.add(bytes);
    channel.writeInbound(bytes);
  }

  /** Takes all payload; drops control frames. */
  byte[] received() {
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
}
