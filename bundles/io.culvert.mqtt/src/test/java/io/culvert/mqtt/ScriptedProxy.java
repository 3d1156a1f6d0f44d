// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A web proxy for one client, with one answer; it may lead to a port. Safe for all threads. */
final class ScriptedProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  private final CompletableFuture<String> request = new CompletableFuture<>();
  private final String answer;
  private final int target;

  ScriptedProxy(String answer, int target) throws IOException {
    this.answer = answer;
    this.target = target;
    Thread thread = new Thread(this::serve, "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  String request() throws Exception {
    return request.get(30, TimeUnit.SECONDS);
  }

  private void serve() {
    try (Socket client = server.accept()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) client.getInputStream().read());
      }
      request.complete(head.toString());
      client.getOutputStream().write(answer.getBytes(ISO_8859_1));
      if (target > 0) {
        try (Socket to = new Socket(InetAddress.getByName("127.0.0.1"), target)) {
          Thread back = new Thread(() -> copy(to, client), "scripted-proxy-back");
          back.setDaemon(true);
          back.start();
          copy(client, to);
        }
      }
    } catch (IOException e) {
      request.completeExceptionally(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
