// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.codec;

import io.culvert.wire.MessageDecoder;
import io.culvert.wire.MessageEncoder;
import io.culvert.wire.MessageType;
import io.culvert.wire.ProtocolViolationException;
import io.culvert.wire.TunnelMessage;
import io.culvert.wire.WireLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Control messages, of which every connection takes a few: one that opens a connection. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ControlBenchmark {
  private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
  private final MessageEncoder encoder = new MessageEncoder();
  private final MessageDecoder decoder = new MessageDecoder(WireLimits.DEFAULT);
  private final TunnelMessage message =
      TunnelMessage.control(MessageType.CONNECTION_START, "SSH", 1, 1);
  private final ByteBuf received = encoder.encode(message, allocator).skipBytes(Short.BYTES);

  /** Releases what was received. */
  @TearDown
  public void release() {
    received.release();
  }

  /** Writes the message into a buffer of its own. */
  @Benchmark
  public int encode() {
    ByteBuf frame = encoder.encode(message, allocator);
    int bytes = frame.readableBytes();
    frame.release();
    return bytes;
  }

  /** Reads the message. */
  @Benchmark
  public @Nullable TunnelMessage decode() throws ProtocolViolationException {
    return decoder.decode(received.retainedDuplicate());
  }
}
