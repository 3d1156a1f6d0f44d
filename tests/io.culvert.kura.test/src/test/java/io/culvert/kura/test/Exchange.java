// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * A client's connection to an {@link Application}, over which each sends the other random bytes,
 * which the other answers or ends with their digest. Used by one thread.
 */
final class Exchange implements AutoCloseable {
  static final int DIGEST_BYTES = 32;
  private static final int LIMIT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  Exchange(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Sends and receives so many bytes. */
  Exchange bytes(int count) throws IOException {
    byte[] sent = noise(count);
    out.writeInt(count);
    out.write(sent);
    out.flush();
    assertThat(in.readNBytes(DIGEST_BYTES)).as("digest of the upload").isEqualTo(sha256(sent));
    byte[] received = in.readNBytes(count);
    assertThat(received).hasSize(count);
    assertThat(in.readNBytes(DIGEST_BYTES)).as("of the download").isEqualTo(sha256(received));
    return this;
  }

  /** Waits until the other end has ended the connection, by an end or a reset. */
  void assertEnds() throws IOException {
    try {
      assertThat(in.read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  static byte[] noise(int count) {
    byte[] bytes = new byte[count];
    new Random().nextBytes(bytes);
    return bytes;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
