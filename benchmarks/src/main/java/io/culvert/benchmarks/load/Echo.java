// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a few bytes, waits until they come back, and so on, as somebody who types does. Every round
 * trip is a sample. Start, stop and results are for one thread.
 */
public final class Echo implements AutoCloseable {
  private final Connection connection;
  private final Rhythm rhythm;
  private final Samples samples;
  private final Thread thread = new Thread(this::run, "echo");
  private volatile boolean stopping;
  private volatile long sentNanos;
  private volatile boolean waiting;
  private volatile @Nullable IOException failure;

  /**
   * How often, and how much.
   *
   * @param interval from one send to the next, unless the answer comes later; zero for at once.
   * @param bytes the bytes of each.
   */
  public record Rhythm(Duration interval, int bytes) {
    /** As fast as answers come. */
    public static final Rhythm AT_ONCE = new Rhythm(Duration.ZERO, 64);

    /** A person who types fast, or a program: 50 a second. */
    public static final Rhythm STEADY = new Rhythm(Duration.ofMillis(20), 64);

    /** Two a second. */
    public static final Rhythm SPARSE = new Rhythm(Duration.ofMillis(500), 64);
  }

  Echo(Connection connection, Rhythm rhythm) {
    this.connection = connection;
    this.rhythm = rhythm;
    this.samples = new Samples(rhythm.interval());
  }

  /** Begins. */
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(rhythm.bytes());
    try {
      connection.order(new Order(Order.Kind.ECHO, 0));
      long next = System.nanoTime();
      while (!stopping) {
        sentNanos = System.nanoTime();
        waiting = true;
        connection.writeAll(bytes.clear());
        connection.readAll(bytes.clear());
        samples.add(sentNanos, System.nanoTime() - sentNanos);
        waiting = false;
        next = Math.max(next + rhythm.interval().toNanos(), System.nanoTime());
        pauseUntil(next);
      }
    } catch (IOException e) {
      if (!stopping) {
        failure = e;
      }
    }
  }

  private void pauseUntil(long nanos) {
    for (long left = nanos - System.nanoTime();
        left > 0 && !stopping;
        left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Ends, and waits for the last answer.
   *
   * @param patience how long; an answer that has not come by then counts with the time it has taken
   *     up to now.
   * @return all samples.
   * @throws IOException if the connection has ended by itself.
   */
  public Samples stop(Duration patience) throws IOException, InterruptedException {
    stopping = true;
    LockSupport.unpark(thread);
    TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
    boolean unanswered = thread.isAlive() && waiting;
    connection.close();
    thread.join();
    IOException ended = failure;
    if (ended != null) {
      throw new IOException("the echo has ended: " + ended.getMessage(), ended);
    }
    if (unanswered) {
      samples.add(sentNanos, System.nanoTime() - sentNanos);
    }
    return samples;
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    connection.close();
  }
}
