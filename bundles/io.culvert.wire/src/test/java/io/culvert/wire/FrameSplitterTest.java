// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import static io.culvert.wire.Bytes.concat;
import static io.culvert.wire.Bytes.drain;
import static io.culvert.wire.Bytes.framed;
import static io.culvert.wire.Bytes.heap;
import static io.culvert.wire.Bytes.hex;
import static io.culvert.wire.Bytes.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSplitterTest {
  private static final byte[] SHORT = hex("08 04");
  private static final byte[] LONGER = hex("08 01 10 01 22 03 61 62 63");

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final FrameSplitter splitter = new FrameSplitter(allocator, WireLimits.DEFAULT);
  private final List<byte[]> frames = new ArrayList<>();

  @AfterEach
  void nothingIsLeftAllocated() {
    splitter.close();
    assertThat(used(allocator)).isZero();
  }

  @Test
  void everyTruncatedStreamIsReleasedOnClose() throws Exception {
    byte[] stream = concat(framed(SHORT), framed(LONGER));
    for (int cut = 0; cut < stream.length; cut++) {
      frames.clear();
      ByteBuf in = heap(Arrays.copyOf(stream, cut));
      FrameSplitter tested = new FrameSplitter(allocator, WireLimits.DEFAULT);

      tested.split(in, this::keep);
      tested.close();
      tested.close();

      assertThat(frames).hasSize(cut < 2 + SHORT.length ? 0 : 1);
      assertThat(in.refCnt()).isZero();
      assertThat(used(allocator)).isZero();
    }
  }

  @Test
  void frameThatLiesWholeInTheInputIsASliceOfIt() throws Exception {
    ByteBuf in = heap(concat(framed(SHORT), framed(LONGER)));
    List<ByteBuf> got = new ArrayList<>();

    splitter.split(in, got::add);

    assertThat(used(allocator)).isZero();
    assertThat(got).allSatisfy(frame -> assertThat(frame.array()).isSameAs(in.array()));
    got.forEach(ByteBuf::release);
    assertThat(in.refCnt()).isZero();
  }

  @Test
  void frameAfterALonePrefixIsASliceToo() throws Exception {
    split(hex("00 02"));
    split(SHORT);

    assertThat(frames).containsExactly(SHORT);
    assertThat(used(allocator)).isZero();
  }

  @Test
  void cutFrameIsAssembledInOneBufferOfItsLength() throws Exception {
    List<ByteBuf> got = new ArrayList<>();

    splitter.split(heap(hex("ff ff 01")), got::add);
    assertThat(used(allocator)).isEqualTo(65535);
    splitter.split(heap(new byte[65533]), got::add);
    assertThat(got).isEmpty();
    splitter.split(heap(hex("02 00")), got::add);

    assertThat(used(allocator)).isEqualTo(65535);
    assertThat(got).hasSize(1);
    assertThat(got.get(0).capacity()).isEqualTo(65535);
    byte[] frame = drain(got.get(0));
    assertThat(frame).startsWith(1, 0).endsWith(0, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100})
  void frameWithinTheLimitIsAccepted(int length) throws Exception {
    try (FrameSplitter limited = new FrameSplitter(allocator, new WireLimits(50, 100))) {
      limited.split(heap(framed(new byte[length])), this::keep);
    }

    assertThat(frames).containsExactly(new byte[length]);
  }

  @Test
  void frameOverTheLimitIsAViolationBeforeAnythingIsAllocated() throws Exception {
    FrameSplitter limited = new FrameSplitter(allocator, new WireLimits(50, 100));
    ByteBuf in = heap(concat(framed(SHORT), hex("00 65 00")));

    assertThatThrownBy(() -> limited.split(in, this::keep))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("tunnel frame of 101 bytes, at most 100 are allowed");

    assertThat(frames).containsExactly(SHORT);
    assertThat(in.refCnt()).isZero();
    assertThat(used(allocator)).isZero();
    assertUnusable(limited);
  }

  @Test
  void emptyFrameIsAViolation() throws Exception {
    splitter.split(heap(hex("00")), this::keep);
    ByteBuf in = heap(hex("00"));

    assertThatThrownBy(() -> splitter.split(in, this::keep))
        .isInstanceOf(ProtocolViolationException.class)
        .hasMessage("empty tunnel frame");

    assertThat(in.refCnt()).isZero();
    assertUnusable(splitter);
  }

  /** The frame belongs to the sink, all else to the splitter, whatever the sink throws. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingLeaksWhenTheSinkThrows(boolean assembled) throws Exception {
    for (Exception failure :
        List.of(new ProtocolViolationException("no"), new IllegalStateException("no"))) {
      FrameSplitter tested = new FrameSplitter(allocator, WireLimits.DEFAULT);
      byte[] stream = concat(framed(LONGER), framed(SHORT), hex("00 05 08"));
      int cut = assembled ? 4 : 0;
      tested.split(heap(Arrays.copyOf(stream, cut)), this::keep);
      ByteBuf in = heap(Arrays.copyOfRange(stream, cut, stream.length));

      assertThatThrownBy(() -> tested.split(in, frame -> releaseAndThrow(frame, failure)))
          .isSameAs(failure);

      assertThat(in.refCnt()).isZero();
      assertThat(used(allocator)).isZero();
      assertUnusable(tested);
    }
  }

  @Test
  void sinkMayCloseAndGetsNothingMore() throws Exception {
    ByteBuf in = heap(concat(framed(SHORT), framed(LONGER), hex("00 05 08")));

    splitter.split(
        in,
        frame -> {
          keep(frame);
          splitter.close();
        });

    assertThat(frames).containsExactly(SHORT);
    assertThat(in.refCnt()).isZero();
    assertUnusable(splitter);
  }

  private static void releaseAndThrow(ByteBuf frame, Exception failure)
      throws ProtocolViolationException {
    frame.release();
    if (failure instanceof ProtocolViolationException violation) {
      throw violation;
    }
    throw (RuntimeException) failure;
  }

  private void assertUnusable(FrameSplitter closed) {
    ByteBuf in = heap(framed(SHORT));
    assertThatThrownBy(() -> closed.split(in, frame -> frames.add(drain(frame))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(in.refCnt()).isZero();
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
