// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends a few bytes again and again, which come back. Every round trip is a sample. Start, stop and
 * results are for one thread.
 */
public final class Echo implements AutoCloseable {
  private final Connection connection;
  private final Rhythm rhythm;
  private final Samples samples = new Samples();
  private final Thread receiver = new Thread(this::receive, "echo");
  private final Thread sender = new Thread(this::sendByTheClock, "echo clock");

  /** When each that is on its way was sent, by {@link System#nanoTime()}; at the end nothing. */
  private final BlockingQueue<OptionalLong> onTheirWay = new LinkedBlockingQueue<>();

  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Samples> ended = new CompletableFuture<>();
  private volatile boolean stopping;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  /**
   * How often, and how much.
   *
   * @param interval from one send to the next; zero for as soon as the answer comes.
   * @param waits whether one that is due is not sent before the answer to the one before, as by
   *     somebody who reads what comes back; otherwise they are sent by the clock, however many are
   *     on their way by then, as by a machine, or by an SSH client that hides when keys are typed.
   * @param bytes the bytes of each.
   */
  public record Rhythm(Duration interval, boolean waits, int bytes) {
    /** As fast as answers come. */
    public static final Rhythm AT_ONCE = new Rhythm(Duration.ZERO, true, 64);

    /** A person who types fast, or a program: 50 a second. */
    public static final Rhythm STEADY = new Rhythm(Duration.ofMillis(20), true, 64);

    /** Two a second. */
    public static final Rhythm SPARSE = new Rhythm(Duration.ofMillis(500), true, 64);

    /** 50 a second, whenever the answers come. */
    public static final Rhythm CLOCK = new Rhythm(Duration.ofMillis(20), false, 64);

    /**
     * Returns how long after one the next one is sent if nothing holds up the answer.
     *
     * @param usual how long an answer takes then.
     * @return nanoseconds; 0 if none waits for another.
     */
    public long usualNanos(Duration usual) {
      return waits ? Math.max(interval.toNanos(), usual.toNanos()) : 0;
    }
  }

  Echo(Connection connection, Rhythm rhythm) {
    this.connection = connection;
    this.rhythm = rhythm;
    receiver.setDaemon(true);
    sender.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    receiver.start();
  }

  private void receive() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(rhythm.bytes());
    try {
      connection.order(new Order(Order.Kind.ECHO, 0));
      if (rhythm.waits()) {
        oneByOne(bytes);
      } else {
        sender.start();
        receiveAll(bytes);
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the echo", e);
    } finally {
      stopping = true;
      onTheirWay.forEach(sent -> sent.ifPresent(this::sample));
      ended.complete(samples);
    }
  }

  private void oneByOne(ByteBuffer bytes) throws IOException {
    long next = System.nanoTime();
    while (!stopping) {
      long sent = System.nanoTime();
      try {
        connection.writeAll(bytes.clear());
        connection.readAll(bytes.clear());
      } finally {
        sample(sent);
      }
      next = Math.max(next + rhythm.interval().toNanos(), System.nanoTime());
      pauseUntil(next);
    }
  }

  private void receiveAll(ByteBuffer bytes) throws IOException, InterruptedException {
    for (OptionalLong sent = onTheirWay.take(); sent.isPresent(); sent = onTheirWay.take()) {
      try {
        connection.readAll(bytes.clear());
      } finally {
        sample(sent.getAsLong());
      }
    }
  }

  /** One whose answer never comes counts with its age at the end of the connection. */
  private void sample(long sent) {
    samples.add(sent, System.nanoTime() - sent);
    first.complete(true);
  }

  /** One that was held up as those before it filled the connection counts from its time on. */
  private void sendByTheClock() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(rhythm.bytes());
    long due = System.nanoTime();
    boolean heldUp = false;
    try {
      while (!stopping) {
        onTheirWay.add(OptionalLong.of(heldUp ? due : System.nanoTime()));
        connection.writeAll(bytes.clear());
        due += rhythm.interval().toNanos();
        heldUp = System.nanoTime() - due > 0;
        pauseUntil(due);
      }
    } catch (IOException e) {
      fail(e);
    } finally {
      onTheirWay.add(OptionalLong.empty());
    }
  }

  private void fail(IOException cause) {
    if (!closed) {
      failure = cause;
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
   * Ends, and waits for the last answers.
   *
   * @param patience how long; one that has not come by then counts with the time it has taken up to
   *     now.
   * @return all samples, also those of a connection that has ended by itself.
   */
  public Samples stop(Duration patience) throws IOException {
    stopping = true;
    LockSupport.unpark(rhythm.waits() ? receiver : sender);
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
