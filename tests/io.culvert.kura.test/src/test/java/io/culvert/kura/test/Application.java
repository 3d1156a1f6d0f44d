// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The application behind a destination: the other side of {@link Exchange}. A thread each. */
final class Application implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  Application() throws IOException {
    inBackground(
        () -> {
          while (true) {
            Socket connection = listener.accept();
            inBackground(() -> serve(connection));
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  private static void serve(Socket connection) throws IOException {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      while (true) {
        byte[] received = new byte[in.readInt()];
        in.readFully(received);
        byte[] sent = Exchange.noise(received.length);
        out.write(Exchange.sha256(received));
        out.write(sent);
        out.write(Exchange.sha256(sent));
        out.flush();
      }
    }
  }

  private static void inBackground(Action action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (IOException e) {
                return; // the client or the test has ended it, and looks at the outcome
              }
            },
            "application");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private interface Action {
    void run() throws IOException;
  }
}
