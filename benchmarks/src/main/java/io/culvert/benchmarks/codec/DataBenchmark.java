// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.codec;

import io.culvert.wire.FrameSplitter;
import io.culvert.wire.MessageDecoder;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.ProtocolViolationException;
import io.culvert.wire.TunnelMessage;
import io.culvert.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * DATA messages, which bulk consists of. The payload stays where it is in both directions, so
 * neither time nor memory may grow with its length.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class DataBenchmark {
  private static final String SERVICE = "SSH";

  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final MessageEncoder encoder = new MessageEncoder();
  private final FrameSplitter splitter = new FrameSplitter(allocator, WireLimits.DEFAULT);
  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);

  /** What a local socket was read into, with room for the message around it. */
  private ByteBuf payload = allocator.buffer(0);

  /** What a WebSocket message has brought. */
  private ByteBuf received = allocator.buffer(0);

  /** The bytes of a payload. */
  @Param({"64512", "1024"})
  public int length;

  /** Makes both buffers. */
  @Setup
  public void allocate() {
    release();
    payload = room();
    received = encoder.encode(message(room()), allocator);
  }

  private ByteBuf room() {
    return allocator.directBuffer(MessageEncoder.HEADROOM + length + MessageEncoder.TAILROOM);
  }

  private TunnelMessage message(ByteBuf buffer) {
    buffer.setIndex(MessageEncoder.HEADROOM, MessageEncoder.HEADROOM + length);
    return TunnelMessage.data(SERVICE, 1, 1, buffer);
  }

  /** Releases both buffers. */
  @TearDown
  public void release() {
    payload.release();
    received.release();
  }

  /** Writes the message around the payload. */
  @Benchmark
  public ByteBuf encode() {
    return encoder.encode(message(payload), allocator);
  }

  /** Cuts the message out of the byte stream, and its payload out of the message. */
  @Benchmark
  public void decode(Blackhole hole) throws ProtocolViolationException {
    splitter.split(
        received.retainedDuplicate(),
        frame -> {
          TunnelMessage message = decoder.decode(frame);
          hole.consume(message);
          if (message != null) {
            message.release();
          }
        });
  }
}
