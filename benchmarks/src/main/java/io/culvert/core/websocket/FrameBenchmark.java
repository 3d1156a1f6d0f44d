// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.culvert.wire.MessageEncoder;
import io.culvert.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Binary frames, as they are in a pipeline. Encoding touches every byte once, for its mask;
 * decoding none, so its time must not grow with the length.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class FrameBenchmark {
  private static final int HEADROOM = MessageEncoder.HEADROOM;

  private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new Socket(),
          new FrameEncoder(new Masks()),
          new FrameDecoder(WireLimits.DEFAULT.maxFrame()),
          new Receiver());

  /** What was read from a local socket, with room in front. */
  private ByteBuf payload = allocator.directBuffer(0);

  /** What has come from the service, on the heap as TLS decrypts it. */
  private ByteBuf received = allocator.heapBuffer(0);

  /** The bytes of a payload. */
  @Param({"64512", "1024"})
  public int length;

  /** Makes both buffers. */
  @Setup
  public void allocate() {
    payload.release();
    received.release();
    payload = allocator.directBuffer(HEADROOM + length).writeZero(HEADROOM + length);
    received = allocator.heapBuffer();
    received.writeByte(FrameHeader.FINAL | FrameHeader.BINARY).writeByte(FrameHeader.LENGTH_16);
    received.writeShort(length).writeZero(length);
  }

  /** Releases both buffers. */
  @TearDown
  public void release() {
    payload.release();
    received.release();
    channel.finishAndReleaseAll();
  }

  /** Writes the header in front of the payload and masks it. */
  @Benchmark
  public void encode() {
    payload.readerIndex(HEADROOM);
    channel.pipeline().write(payload, channel.voidPromise());
  }

  /** Cuts the payload out of the frame. */
  @Benchmark
  public void decode() {
    channel.pipeline().fireChannelRead(received.retainedDuplicate());
  }

  /** Where the socket would be. What was written stays the benchmark's. */
  private static final class Socket extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {}
  }

  /** Where messages are made of the payload. */
  private static final class Receiver extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
