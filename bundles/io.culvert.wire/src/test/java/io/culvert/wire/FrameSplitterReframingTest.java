// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.concat;
import static io.culvert.wire.Bytes.drain;
import static io.culvert.wire.Bytes.framed;
import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static io.culvert.wire.Bytes.random;
import static io.culvert.wire.Bytes.used;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boundaries of WebSocket messages mean nothing for those of frames. */
class FrameSplitterReframingTest {
  private static final byte[] SHORT = hex("08 04");
  private static final byte[] LONGER = hex("08 01 10 01 22 03 61 62 63");

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final FrameSplitter splitter = new FrameSplitter(allocator, WireLimits.DEFAULT);
  private final List<byte[]> frames = new ArrayList<>();

  static Stream<ByteBufAllocator> allocators() {
    return Stream.of(
        new UnpooledByteBufAllocator(false),
        new UnpooledByteBufAllocator(true),
        new PooledByteBufAllocator(true),
        new AdaptiveByteBufAllocator());
  }

  @AfterEach
  void nothingIsLeftAllocated() {
    splitter.close();
    assertThat(used(allocator)).isZero();
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void anyReframingGivesTheSameFrames(ByteBufAllocator inputs) throws Exception {
    Random random = Bytes.seededRandom();
    for (int round = 0; round < 200; round++) {
      boolean shortCuts = random.nextBoolean();
      List<byte[]> sent = new ArrayList<>();
      byte[] stream = {};
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        int length = random.nextInt(1, shortCuts ? 50 : 65536);
        sent.add(random(random, length));
        stream = concat(stream, framed(sent.get(sent.size() - 1)));
      }
      int longestCut = shortCuts ? 5 : stream.length;

      List<ByteBuf> given = new ArrayList<>();
      List<ByteBuf> got = new ArrayList<>();
      try (FrameSplitter tested = new FrameSplitter(inputs, WireLimits.DEFAULT)) {
        for (int at = 0; at < stream.length; ) {
          int cut = Math.min(random.nextInt(longestCut + 1), stream.length - at);
          ByteBuf in = inputs.buffer(Math.max(cut, 1)).writeBytes(stream, at, cut);
          given.add(in);
          tested.split(in, got::add);
          at += cut;
        }
      }

      List<byte[]> received = got.stream().map(Bytes::drain).toList();
      assertThat(received).containsExactlyElementsOf(sent);
      assertThat(got).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
      assertThat(given).allSatisfy(in -> assertThat(in.refCnt()).isZero());
    }
  }

  @Test
  void singleBytesAreEnough() throws Exception {
    for (byte each : concat(framed(SHORT), framed(LONGER))) {
      split(new byte[] {each});
    }

    assertThat(frames).containsExactly(SHORT, LONGER);
  }

  @Test
  void everyCutInTwoGivesTheSameFrames() throws Exception {
    byte[] stream = concat(framed(SHORT), framed(LONGER), framed(SHORT));
    for (int cut = 0; cut <= stream.length; cut++) {
      frames.clear();

      split(Arrays.copyOf(stream, cut));
      split(Arrays.copyOfRange(stream, cut, stream.length));

      assertThat(frames).containsExactly(SHORT, LONGER, SHORT);
    }
  }

  private void split(byte[] bytes) throws ProtocolViolationException {
    ByteBuf in = heap(bytes);
    splitter.split(in, this::keep);
    assertThat(in.refCnt()).isZero();
  }

  private void keep(ByteBuf frame) {
    frames.add(drain(frame));
  }
}
