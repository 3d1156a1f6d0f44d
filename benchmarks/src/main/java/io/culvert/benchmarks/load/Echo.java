// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Samples> ended = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile boolean closed;
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
        roundTrip(bytes);
        next = Math.max(next + rhythm.interval().toNanos(), System.nanoTime());
        pauseUntil(next);
      }
    } catch (IOException e) {
      if (!closed) {
        failure = e;
      }
    } finally {
      ended.complete(samples);
    }
  }

  /** One whose answer never comes counts with its age at the end of the connection. */
  private void roundTrip(ByteBuffer bytes) throws IOException {
    long sent = System.nanoTime();
    try {
      connection.writeAll(bytes.clear());
      connection.readAll(bytes.clear());
    } finally {
      samples.add(sent, System.nanoTime() - sent);
      first.complete(true);
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
   * Waits for the first sample.
   *
   * @param patience how long.
   * @return whether there is one.
   */
  boolean awaitFirst(Duration patience) {
    return first.copy().completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  /**
   * Waits for the end of a connection that ends by itself.
   *
   * @param patience how long.
   * @return whether it has ended.
   */
  boolean awaitEnd(Duration patience) {
    return ended
        .thenApply(all -> true)
        .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
        .join();
  }

  /**
   * Ends, and waits for the last answer.
   *
   * @param patience how long; an answer that has not come by then counts with the time it has taken
   *     up to now.
   * @return all samples, also those of a connection that has ended by itself.
   */
  public Samples stop(Duration patience) throws IOException {
    stopping = true;
    LockSupport.unpark(thread);
    ended.copy().completeOnTimeout(samples, patience.toNanos(), TimeUnit.NANOSECONDS).join();
    close();
    return ended.join();
  }

  /**
   * Checks that it ended when it was told to.
   *
   * @throws IOException if the connection has ended by itself.
   */
  public void check() throws IOException {
    IOException early = failure;
    if (early != null) {
      throw new IOException("the echo has ended: " + early.getMessage(), early);
    }
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    closed = true;
    connection.close();
  }
}
