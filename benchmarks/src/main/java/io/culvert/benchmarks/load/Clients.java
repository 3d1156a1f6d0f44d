// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the loads of one run, all of them clients of the source. {@link #close()} cuts their
 * connections, whatever they wait for. Thread-safe.
 */
public final class Clients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Application application;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong tallies = new AtomicLong();
  private volatile boolean closed;

  /**
   * Opens no connection yet.
   *
   * @param application what the services lead to.
   */
  public Clients(Application application) {
    this.application = application;
  }

  Connection connect(InetSocketAddress address) throws IOException {
    Connection connection = Connection.to(address);
    connections.add(connection);
    if (closed) {
      connection.close();
    }
    return connection;
  }

  void end(Connection connection) throws IOException {
    connections.remove(connection);
    connection.close();
  }

  /**
   * Tells whether a byte gets to the application within a second. None comes back, and nothing is
   * left of the connection: a program that learns from answers has learnt nothing.
   */
  public boolean reaches(InetSocketAddress service) throws InterruptedException {
    long number = tallies.incrementAndGet();
    Tally tally = application.tally(number);
    try (Connection connection = Connection.to(service)) {
      connection.resetOnClose();
      connection.order(new Order(Order.Kind.COUNT, number));
      connection.sendPattern(1);
      return tally.beginsWithin(PATIENCE);
    } catch (IOException e) {
      return false;
    }
  }

  /** Opens a connection, sends a byte, waits for it to come back, and closes. */
  public void visit(InetSocketAddress service) throws IOException {
    Connection connection = connect(service);
    try {
      connection.order(new Order(Order.Kind.ECHO, 0));
      connection.writeAll(ByteBuffer.allocate(1));
      connection.readAll(ByteBuffer.allocate(1));
    } finally {
      end(connection);
    }
  }

  /**
   * Moves bytes and waits until all have arrived.
   *
   * @return the seconds it took.
   */
  public double transfer(InetSocketAddress service, Direction direction, long bytes)
      throws IOException {
    Connection connection = connect(service);
    try {
      long start = System.nanoTime();
      if (direction == Direction.UP) {
        connection.order(new Order(Order.Kind.TAKE, bytes));
        connection.sendPattern(bytes);
        connection.readAll(ByteBuffer.allocate(1));
      } else {
        connection.order(new Order(Order.Kind.GIVE, bytes));
        connection.receivePattern(bytes);
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      end(connection);
    }
  }

  /** Sends and receives bytes on one connection, and compares their digests. */
  public void exchange(InetSocketAddress service, long bytes) throws IOException {
    Connection connection = connect(service);
    try {
      connection.order(new Order(Order.Kind.TAKE_DIGEST, bytes));
      Noise.expectDigest(connection, Noise.send(connection, bytes, bytes));
      connection.order(new Order(Order.Kind.GIVE_DIGEST, bytes));
      Noise.expectDigest(connection, Noise.receive(connection, bytes));
    } finally {
      end(connection);
    }
  }

  /** Starts a stream of bulk that goes on until it is closed. */
  public Bulk bulk(InetSocketAddress service, Direction direction) throws IOException {
    long number = tallies.incrementAndGet();
    Tally tally = direction == Direction.UP ? application.tally(number) : new Tally();
    return new Bulk(connect(service), direction, number, tally);
  }

  /**
   * Opens a connection on which one end sends and the other one does not read.
   *
   * @param direction which way the bytes go.
   * @param bytesPerSecond what is sent while there is room for it.
   */
  public Stalled stalled(InetSocketAddress service, Direction direction, long bytesPerSecond)
      throws IOException {
    return new Stalled(connect(service), direction, bytesPerSecond);
  }

  /** Returns an echo that has not begun. */
  public Echo echo(InetSocketAddress service, Echo.Rhythm rhythm) throws IOException {
    return new Echo(connect(service), rhythm);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
