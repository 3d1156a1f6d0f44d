// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * As much of an MQTT 3.1.1 broker as one client sees: says in words what it hears, and answers as
 * it is told to. Safe for all threads.
 */
final class ScriptedBroker implements AutoCloseable {
  static final int REFUSED = 0x80;

  /** In place of an answer. */
  static final int SILENT = -1;

  /** Hangs up at once, without a look at what is said. */
  static final int CUT = -2;

  private static final long PATIENCE_SECONDS = 30;

  private final ServerSocket server;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private volatile @Nullable Socket client;
  private volatile int connack;
  private volatile int suback = 1;

  ScriptedBroker() throws IOException {
    this(0);
  }

  ScriptedBroker(int port) throws IOException {
    server = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::accept, "scripted-broker");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  ScriptedBroker connack(int code) {
    connack = code;
    return this;
  }

  ScriptedBroker suback(int code) {
    suback = code;
    return this;
  }

  /** Returns the next thing that the client says. */
  String next() throws InterruptedException {
    String line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  /** Sends a message with QoS 1. */
  void publish(int id, String topic, String payload, boolean retained) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeUTF(topic);
    out.writeShort(id);
    out.write(payload.getBytes(UTF_8));
    send(0x32 | (retained ? 1 : 0), body.toByteArray());
  }

  /** Sends bytes as they are. */
  void raw(int... bytes) throws IOException {
    byte[] packet = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      packet[i] = (byte) bytes[i];
    }
    Socket open = client;
    if (open != null) {
      open.getOutputStream().write(packet);
    }
  }

  /** Ends the connection to the client. */
  void cut() throws IOException {
    Socket open = client;
    if (open != null) {
      open.close();
    }
  }

  private synchronized void send(int head, byte[] body) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(head);
    int left = body.length;
    do {
      packet.write(left > 127 ? left & 127 | 128 : left);
      left >>= 7;
    } while (left > 0);
    packet.writeBytes(body);
    Socket open = client;
    if (open != null) {
      open.getOutputStream().write(packet.toByteArray());
      open.getOutputStream().flush();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (connack == CUT) {
          heard.add("hung up");
          continue;
        }
        client = socket;
        serve(new DataInputStream(socket.getInputStream()));
      } catch (IOException e) {
        heard.add("gone");
      }
    }
  }

  private void serve(DataInputStream in) throws IOException {
    while (true) {
      int head = in.readUnsignedByte();
      byte[] body = new byte[length(in)];
      in.readFully(body);
      DataInputStream packet = new DataInputStream(new ByteArrayInputStream(body));
      switch (head >> 4) {
        case 1 -> {
          heard.add(connect(packet));
          if (connack != SILENT) {
            send(0x20, new byte[] {0, (byte) connack});
          }
        }
        case 4 -> heard.add("PUBACK " + packet.readUnsignedShort());
        case 8 -> {
          int id = packet.readUnsignedShort();
          heard.add("SUBSCRIBE " + packet.readUTF() + " " + packet.readUnsignedByte());
          send(0x90, new byte[] {(byte) (id >> 8), (byte) id, (byte) suback});
        }
        case 10 -> {
          int id = packet.readUnsignedShort();
          heard.add("UNSUBSCRIBE " + packet.readUTF());
          send(0xb0, new byte[] {(byte) (id >> 8), (byte) id});
        }
        case 12 -> send(0xd0, new byte[0]);
        case 14 -> heard.add("DISCONNECT");
        default -> heard.add("packet " + (head >> 4));
      }
    }
  }

  private static String connect(DataInputStream packet) throws IOException {
    String protocol = packet.readUTF() + " " + packet.readUnsignedByte();
    int flags = packet.readUnsignedByte();
    int keepAlive = packet.readUnsignedShort();
    StringBuilder line = new StringBuilder("CONNECT ").append(protocol);
    line.append((flags & 2) != 0 ? " clean" : " kept").append(" ").append(keepAlive);
    line.append(" ").append(packet.readUTF());
    if ((flags & 0x80) != 0) {
      line.append(" ").append(packet.readUTF());
    }
    if ((flags & 0x40) != 0) {
      line.append(":").append(packet.readUTF());
    }
    return line.toString();
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 127) << shift;
      if (next < 128) {
        return length;
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
