// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A blocking client of a source's listener, with bounded waits. */
final class LocalClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PIECE = 7001;

  private final Socket socket = new Socket();

  LocalClient(int port) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Reads the greeting, which tells which application it is. */
  LocalClient greeted(char expected) throws IOException {
    assertThat((char) socket.getInputStream().read()).isEqualTo(expected);
    return this;
  }

  /** Sends random bytes and reads them back at the same time; the digests must be the same. */
  void echo(int bytes, long seed) throws Exception {
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    MessageDigest received = MessageDigest.getInstance("SHA-256");
    var executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> sending =
          executor.submit(
              () -> {
                Random random = new Random(seed);
                var out = new DigestOutputStream(socket.getOutputStream(), sent);
                for (int left = bytes; left > 0; left -= PIECE) {
                  byte[] piece = new byte[Math.min(PIECE, left)];
                  random.nextBytes(piece);
                  out.write(piece);
                }
                return null;
              });
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[PIECE];
      for (int left = bytes; left > 0; ) {
        int n = in.read(buffer, 0, Math.min(buffer.length, left));
        assertThat(n).as("end with %d of %d bytes missing", left, bytes).isPositive();
        received.update(buffer, 0, n);
        left -= n;
      }
      sending.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } finally {
      executor.shutdownNow();
    }
    assertThat(received.digest()).isEqualTo(sent.digest());
  }

  /** Reads until the connection ends, orderly or not. */
  void awaitEnd() throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
