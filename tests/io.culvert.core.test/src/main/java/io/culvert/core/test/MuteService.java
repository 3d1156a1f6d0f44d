// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** Takes TCP connections and never answers, so that each attempt to connect stays open. */
final class MuteService implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;
  private static final int QUIET_MILLIS = 1;

  private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

  MuteService() throws IOException {
    listener.setSoTimeout(LIMIT_MILLIS);
  }

  String endpoint() {
    return "localhost:" + listener.getLocalPort();
  }

  /** Waits for the next connection. */
  Socket accept() throws IOException {
    Socket attempt = listener.accept();
    attempt.setSoTimeout(LIMIT_MILLIS);
    return attempt;
  }

  /** Asserts that no connection waits to be accepted. */
  void assertNoneWaits() throws IOException {
    assertNoneWaits(listener);
  }

  /** Asserts that no connection waits to be accepted by a listener. */
  static void assertNoneWaits(ServerSocket listener) throws IOException {
    listener.setSoTimeout(QUIET_MILLIS);
    try (Socket unexpected = listener.accept()) {
      throw new AssertionError("a connection from " + unexpected.getRemoteSocketAddress());
    } catch (SocketTimeoutException e) {
      return; // as it should be
    } finally {
      listener.setSoTimeout(LIMIT_MILLIS);
    }
  }

  /** Asserts that a connection has not ended. */
  static void assertOpen(Socket attempt) throws IOException {
    attempt.setSoTimeout(QUIET_MILLIS);
    try {
      attempt.getInputStream().transferTo(OutputStream.nullOutputStream());
      throw new AssertionError("the connection has ended");
    } catch (SocketTimeoutException e) {
      return; // as it should be
    } finally {
      attempt.setSoTimeout(LIMIT_MILLIS);
    }
  }

  /** Waits for the end of a connection. */
  static void awaitEnd(Socket attempt) throws IOException {
    try {
      attempt.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      return; // a reset is an end, too
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
