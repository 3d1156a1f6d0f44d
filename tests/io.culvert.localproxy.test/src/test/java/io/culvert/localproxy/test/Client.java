// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.localproxy.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A local client of a source that talks to an {@link Application}. Used by one thread. */
final class Client implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int LIMIT = (int) TimeUnit.SECONDS.toMillis(Program.LIMIT_SECONDS);

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;

  /** Connects and asks for nothing yet. */
  Client(InetSocketAddress address) throws IOException {
    socket.connect(address, LIMIT);
    socket.setSoTimeout(LIMIT);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Connects and sends and receives so many bytes; then the application echoes. */
  static Client transfer(InetSocketAddress address, long up, long down) throws IOException {
    Client client = new Client(address);
    try {
      client.transfer(up, down);
      return client;
    } catch (IOException | AssertionError e) {
      client.close();
      throw e;
    }
  }

  private void transfer(long up, long down) throws IOException {
    out.writeLong(up);
    out.writeLong(down);
    byte[] sent = Noise.write(out, up, ~up);
    assertThat(in.readNBytes(Noise.DIGEST_BYTES)).as("digest of the upload").isEqualTo(sent);
    byte[] received = Noise.digest(in, down);
    assertThat(in.readNBytes(Noise.DIGEST_BYTES)).as("of the download").isEqualTo(received);
  }

  /** Connects to the echo. */
  static Client echoing(InetSocketAddress address) throws IOException {
    return transfer(address, 0, 0);
  }

  void echo(String text) throws IOException {
    out.writeUTF(text);
    assertThat(in.readUTF()).isEqualTo(text);
  }

  /** Sends from now on, a little all the time, until the connection ends. */
  void keepSending() {
    onThread(
        () -> {
          try {
            out.writeLong(Long.MAX_VALUE);
            out.writeLong(0);
            while (true) {
              out.write(new byte[1000]);
              LockSupport.parkNanos(PAUSE_NANOS);
            }
          } catch (IOException e) {
            return; // the end
          }
        });
  }

  /** Waits until the other end has ended the connection, and for no byte before. */
  CompletableFuture<Void> awaitEnd() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            assertThat(in.read()).isEqualTo(-1);
          } catch (SocketTimeoutException e) {
            throw new AssertionError("no end", e);
          } catch (IOException e) {
            return; // a reset is an end, too
          }
        },
        Client::onThread);
  }

  private static void onThread(Runnable task) {
    Thread thread = new Thread(task, "client");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
