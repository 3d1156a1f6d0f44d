// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
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

/** Masking, for which every byte that is sent is touched once. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class MaskBenchmark {
  private final Masks masks = new Masks();
  private ByteBuf payload = PooledByteBufAllocator.DEFAULT.directBuffer(0);

  /** The bytes of a payload. */
  @Param({"64512", "1024", "64"})
  public int length;

  /** Makes the payload. */
  @Setup
  public void allocate() {
    payload.release();
    payload = PooledByteBufAllocator.DEFAULT.directBuffer(length).writeZero(length);
  }

  /** Releases it. */
  @TearDown
  public void release() {
    payload.release();
  }

  /** Draws a key and masks the payload where it is. */
  @Benchmark
  public void mask() {
    Masks.apply(masks.next(), payload, 0, length);
  }
}
