// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * What the services of a tunnel lead to: carries out the {@link Order orders} of clients, each
 * connection on a thread of its own. A connection that fails ends; its client notices. Thread-safe.
 */
public final class Application implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocketChannel listening;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "application");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Long, Tally> tallies = new ConcurrentHashMap<>();

  private Application(ServerSocketChannel listening) {
    this.listening = listening;
  }

  /** Starts to listen on a port of loopback that the system chooses. */
  public static Application start() throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    Application application = new Application(listening);
    application.threads.execute(application::accept);
    return application;
  }

  /** Returns its port. */
  public int port() {
    return listening.socket().getLocalPort();
  }

  Tally tally(long number) {
    return tallies.computeIfAbsent(number, any -> new Tally());
  }

  private void accept() {
    try {
      while (true) {
        Connection connection = new Connection(listening.accept());
        connections.add(connection);
        begin(connection);
      }
    } catch (ClosedChannelException e) {
      // The end: close() was called.
    } catch (IOException e) {
      throw new IllegalStateException("the application cannot accept connections", e);
    }
  }

  private void begin(Connection connection) throws IOException {
    try {
      threads.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      // It came while close() was called.
      connection.close();
    }
  }

  private void serve(Connection connection) {
    try (connection) {
      for (Order order = connection.order(); order != null; order = connection.order()) {
        carryOut(order, connection);
      }
    } catch (IOException e) {
      // It was cut, by the program that is measured or at the end of a load: its client counts it.
    } finally {
      connections.remove(connection);
    }
  }

  private void carryOut(Order order, Connection connection) throws IOException {
    long argument = order.argument();
    switch (order.kind()) {
      case ECHO -> echo(connection);
      case TAKE -> {
        connection.receivePattern(argument);
        connection.writeAll(ByteBuffer.allocate(1));
      }
      case GIVE -> connection.sendPattern(argument);
      case COUNT -> connection.receivePattern(Order.ENDLESS, tally(argument)::add);
      case HOLD -> connection.awaitClose();
      case TRICKLE -> connection.trickle(argument);
      case TAKE_DIGEST -> Noise.sendDigest(connection, Noise.receive(connection, argument));
      case GIVE_DIGEST -> Noise.sendDigest(connection, Noise.send(connection, argument, argument));
    }
  }

  private static void echo(Connection connection) throws IOException {
    for (ByteBuffer bytes = connection.read(Order.ENDLESS);
        bytes != null;
        bytes = connection.read(Order.ENDLESS)) {
      connection.writeAll(bytes);
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdown();
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
