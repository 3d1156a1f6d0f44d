// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A web proxy that lets nobody through, on a thread of its own. */
final class RefusingWebProxy implements AutoCloseable {
  private static final String ANSWER =
      "HTTP/1.1 407 Proxy Authentication Required\r\n"
          + "Proxy-Authenticate: Basic realm=\"nobody\"\r\n"
          + "Content-Length: 0\r\n\r\n";

  private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

  RefusingWebProxy() throws IOException {
    Thread thread = new Thread(this::run, "refusing web proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void run() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        BufferedReader request =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
          line = request.readLine();
        }
        client.getOutputStream().write(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        System.err.println("web proxy: " + e); // the client is gone, or this is closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
