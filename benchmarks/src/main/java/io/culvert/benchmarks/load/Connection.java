// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A blocking TCP connection with large buffers. One thread at a time may read and one may write;
 * any may close, which ends what the others wait for.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  /** What is sent at a time by a connection that is slow; divides a block of the pattern. */
  private static final int TRICKLE = 1 << 12;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final SocketChannel channel;
  private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer header = ByteBuffer.allocateDirect(Order.BYTES);
  private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

  Connection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  static Connection to(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.connect(address);
      return new Connection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Makes {@link #close} reset the connection rather than end what it has sent. */
  void resetOnClose() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  /** Tells the application what it is to do on this connection. */
  void order(Order order) throws IOException {
    header.clear();
    order.write(header);
    writeAll(header.flip());
  }

  /** Reads what this connection is for; null if it ends before. */
  @Nullable Order order() throws IOException {
    header.clear();
    while (header.hasRemaining()) {
      if (channel.read(header) < 0) {
        return null;
      }
    }
    return Order.read(header.flip());
  }

  void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Fills a buffer. */
  void readAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the connection has ended early");
      }
    }
  }

  /** Reads once and returns the bytes; null at the end. */
  @Nullable ByteBuffer read(long atMost) throws IOException {
    received.clear().limit((int) Math.min(BUFFER, atMost));
    return channel.read(received) < 0 ? null : received.flip();
  }

  /** Sends so many bytes of the {@link Pattern}, and tells a listener of each part. */
  void sendPattern(long length, LongConsumer listener) throws IOException {
    long sent = 0;
    while (sent < length) {
      ByteBuffer bytes = Pattern.from(sent);
      if (bytes.remaining() > length - sent) {
        bytes.limit(bytes.position() + (int) (length - sent));
      }
      int written = channel.write(bytes);
      listener.accept(written);
      sent += written;
    }
  }

  void sendPattern(long length) throws IOException {
    sendPattern(length, Connection::ignore);
  }

  /** Receives so many bytes of the {@link Pattern}, and tells a listener of each part. */
  void receivePattern(long length, LongConsumer listener) throws IOException {
    long arrived = 0;
    while (arrived < length) {
      received.clear().limit((int) Math.min(BUFFER, length - arrived));
      int read = channel.read(received);
      if (read < 0) {
        throw new EOFException("the connection has ended after " + arrived + " bytes");
      }
      Pattern.check(arrived, received);
      listener.accept(read);
      arrived += read;
    }
  }

  void receivePattern(long length) throws IOException {
    receivePattern(length, Connection::ignore);
  }

  /** Sends the {@link Pattern} evenly, until the connection is cut. */
  void trickle(long bytesPerSecond) throws IOException {
    long start = System.nanoTime();
    for (long sent = 0; true; sent += TRICKLE) {
      ByteBuffer bytes = Pattern.from(sent);
      writeAll(bytes.limit(bytes.position() + TRICKLE));
      long due = start + (sent + TRICKLE) * NANOS_PER_SECOND / bytesPerSecond;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** Waits until this side has closed it, and reads nothing meanwhile. */
  void awaitClose() {
    closed.join();
  }

  private static void ignore(long bytes) {}

  @Override
  public void close() throws IOException {
    channel.close();
    closed.complete(true);
  }
}
