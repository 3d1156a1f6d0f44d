// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.IOException;

/**
 * A connection whose one end sends evenly while the other one reads nothing, from its start on. The
 * program that is measured may cut it. Thread-safe.
 */
public final class Stalled implements AutoCloseable {
  private final Connection connection;

  Stalled(Connection connection, Direction direction, long bytesPerSecond) {
    this.connection = connection;
    Thread thread = new Thread(() -> run(direction, bytesPerSecond), "stalled");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Direction direction, long bytesPerSecond) {
    try {
      if (direction == Direction.UP) {
        connection.order(new Order(Order.Kind.HOLD, 0));
        connection.trickle(bytesPerSecond);
      } else {
        connection.order(new Order(Order.Kind.TRICKLE, bytesPerSecond));
      }
    } catch (IOException e) {
      // It was cut, which is what a program has to do some time.
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
