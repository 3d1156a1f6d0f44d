// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.client;

import io.culvert.demo.app.Noise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * A web server whose connections break after a number of bytes, each with a reset. It has a thread
 * of its own until it is closed.
 */
final class BreakingServer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final Noise file;
  private final int most;
  private final LongSupplier taken;

  /**
   * Starts.
   *
   * @param most after how many bytes of the file a connection breaks.
   * @param taken how many bytes of the file the client has read, on all connections together.
   */
  BreakingServer(Noise file, int most, LongSupplier taken) throws IOException {
    this.file = file;
    this.most = most;
    this.taken = taken;
    Thread thread = new Thread(this::serve, "breaking-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  /** Returns the ranges that were asked for. */
  List<String> ranges() {
    return ranges;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        answer(socket);
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // The client has gone, or the listener was closed; either is seen above.
        continue;
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    BufferedReader request =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String range = "";
    for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
      range = line.startsWith("Range: ") ? line.substring(7) : range;
    }
    ranges.add(range);
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    byte[] whole = new byte[(int) file.length()];
    int count = Math.min(most, file.read(0, whole) - from);
    OutputStream out = socket.getOutputStream();
    String head =
        (from == 0 ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n")
            + "ETag: \"1\"\r\nContent-Length: "
            + (file.length() - from)
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(whole, from, count);
    out.flush();
    // A reset takes from the client what it has not read yet.
    while (taken.getAsLong() < from + count && !listener.isClosed()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
