// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A blocking local socket with bounded waits, at either end. */
final class TestSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  private TestSocket(Socket socket) {
    this.socket = socket;
  }

  static TestSocket connect(int port) throws IOException {
    return connect(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  static TestSocket connect(String host, int port) throws IOException {
    Socket socket = new Socket();
    // Before the connect: afterwards the other end may have reset it already. And a connect with a
    // time-out would report such a reset as its own failure.
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(host, port));
    return new TestSocket(socket);
  }

  static TestSocket accept(ServerSocket server) throws IOException {
    server.setSoTimeout(PATIENCE_MILLIS);
    Socket socket = server.accept();
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new TestSocket(socket);
  }

  static ServerSocket server() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Returns a port that nothing listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = server()) {
      return socket.getLocalPort();
    }
  }

  String peer() {
    return socket.getInetAddress().getHostAddress();
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  void finish() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  String receive(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
  }

  /** Reads to the end; "reset" behind what came if it was not an orderly end. */
  String receiveAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
      return all.toString(StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return all.toString(StandardCharsets.US_ASCII) + "reset";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
