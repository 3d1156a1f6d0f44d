// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The local application behind a destination. A connection asks for so many bytes to be taken and
 * so many to be given, each followed by the digest; then it echoes. One thread a connection.
 */
final class Application implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private Application(ServerSocketChannel listener) {
    this.listener = listener;
    inBackground(this::acceptAll);
  }

  /** Listens on a port that the system chooses. */
  static Application onLoopback() throws IOException {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Listens at an address, which may be a Unix domain socket's. */
  static Application at(SocketAddress address) throws IOException {
    ServerSocketChannel listener =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      return new Application(listener.bind(address));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  int port() throws IOException {
    return ((InetSocketAddress) listener.getLocalAddress()).getPort();
  }

  private void acceptAll() throws IOException {
    while (true) {
      SocketChannel connection = listener.accept();
      connections.add(connection);
      inBackground(() -> serve(connection));
    }
  }

  private void serve(SocketChannel connection) throws IOException {
    try (connection) {
      DataInputStream in = new DataInputStream(Channels.newInputStream(connection));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(connection));
      long up = in.readLong();
      long down = in.readLong();
      out.write(Noise.digest(in, up));
      out.write(Noise.write(out, down, down));
      out.flush();
      echo(in, out);
    } finally {
      connections.remove(connection);
    }
  }

  private static void echo(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(Arrays.copyOf(buffer, n));
    }
  }

  /** Closes the port and all connections. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }

  private static void inBackground(Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (AsynchronousCloseException | EOFException e) {
                return; // closed here, or left by the client: the end of the job
              } catch (IOException e) {
                System.err.println("application: " + e); // a reset, which the test looks at
              }
            },
            "application");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Action {
    void run() throws IOException;
  }
}
