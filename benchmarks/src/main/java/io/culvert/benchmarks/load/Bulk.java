// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A stream that takes what the link gives, from its start on. Counted where it arrives.
 * Thread-safe.
 */
public final class Bulk implements AutoCloseable {
  private final Connection connection;
  private final Tally tally;
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  Bulk(Connection connection, Direction direction, long number, Tally tally) {
    this.connection = connection;
    this.tally = tally;
    Thread thread = new Thread(() -> run(direction, number), "bulk");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Direction direction, long number) {
    try {
      if (direction == Direction.UP) {
        connection.order(new Order(Order.Kind.COUNT, number));
        connection.sendPattern(Order.ENDLESS);
      } else {
        connection.order(new Order(Order.Kind.GIVE, Order.ENDLESS));
        connection.receivePattern(Order.ENDLESS, tally::add);
      }
    } catch (IOException e) {
      if (!closed) {
        failure = e;
      }
    }
  }

  /**
   * Returns the bytes that have arrived.
   *
   * @throws IOException if the stream has ended by itself.
   */
  public long arrived() throws IOException {
    IOException ended = failure;
    if (ended != null) {
      throw new IOException("a stream of bulk has ended: " + ended.getMessage(), ended);
    }
    return tally.bytes();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    connection.close();
  }
}
