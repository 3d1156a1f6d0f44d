// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.core.config.SendSettings;
import io.culvert.core.pace.PaceSettings;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
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
 * Who sends next among connections that always have a chunk. A chunk is not touched, so time counts
 * per turn and hardly grows with the number of connections; nothing may be allocated by length.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class OutboxBenchmark {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final OneTurn uplink = new OneTurn();
  private final List<Repeater> connections = new ArrayList<>();
  private Outbox outbox = outbox(PaceSettings.OFF);

  /** How many connections have something to send. */
  @Param({"1", "16", "500"})
  public int flows;

  /** How the rate is found. */
  @Param({"OFF", "AUTO"})
  public PaceSettings.Mode pace = PaceSettings.Mode.OFF;

  /** Lets all bring their first chunk. */
  @Setup
  public void offer() {
    outbox = outbox(new PaceSettings(pace, 0));
    outbox.attach(uplink);
    uplink.close();
    for (int i = 0; i < flows; i++) {
      Repeater connection = new Repeater(outbox, i + 1, PooledByteBufAllocator.DEFAULT);
      connections.add(connection);
      connection.emptied();
    }
  }

  private Outbox outbox(PaceSettings settings) {
    return new Outbox(
        "benchmark",
        channel.eventLoop(),
        PooledByteBufAllocator.DEFAULT,
        new SendSettings(settings, 0));
  }

  /** Withdraws all. */
  @TearDown
  public void withdraw() {
    connections.forEach(Repeater::close);
    outbox.detach();
    channel.finishAndReleaseAll();
  }

  /** Gives one connection its turn, with its chunk sent and the next one brought. */
  @Benchmark
  public long turn() {
    channel.runScheduledPendingTasks();
    uplink.open();
    outbox.pump();
    return uplink.bytes();
  }
}
