// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import io.culvert.emulator.registry.TunnelEnd;
import io.culvert.proto.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/**
 * A client of the service on plain blocking sockets, which keeps no rule by itself. Every read is
 * bounded by a time-out.
 */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final ByteBuf stream = Unpooled.buffer();

  private RawClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = socket.getOutputStream();
  }

  static RawClient connect(Emulator emulator) throws Exception {
    return connect(emulator, 0);
  }

  static RawClient connect(Emulator emulator, int socketBuffer) throws Exception {
    Socket tcp = new Socket();
    if (socketBuffer > 0) {
      tcp.setReceiveBufferSize(socketBuffer);
      tcp.setSendBufferSize(socketBuffer);
    }
    tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), emulator.port()));
    SSLSocket socket =
        (SSLSocket)
            Trust.only(emulator.authority())
                .getSocketFactory()
                .createSocket(tcp, "localhost", emulator.port(), true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(socket);
  }

  /** Connects and lets the service name its services. */
  static RawClient open(Emulator emulator, EmulatedTunnel tunnel, TunnelEnd end) throws Exception {
    return open(emulator, tunnel, end, 3, 0);
  }

  static RawClient open(
      Emulator emulator, EmulatedTunnel tunnel, TunnelEnd end, int version, int socketBuffer)
      throws Exception {
    RawClient client = connect(emulator, socketBuffer);
    RawReply reply = client.handshake(Handshake.of(tunnel, end).subprotocols(version));
    if (reply.status() != 101) {
      throw new AssertionError("handshake refused: " + reply);
    }
    return client;
  }

  RawReply handshake(Handshake handshake) throws IOException {
    return request(handshake.text());
  }

  RawReply request(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return reply();
  }

  private RawReply reply() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new RawReply(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  void send(Message message) throws IOException {
    sendFrame(true, RawFrame.BINARY, Messages.framed(message));
  }

  void sendBinary(byte[] payload) throws IOException {
    sendFrame(true, RawFrame.BINARY, payload);
  }

  void sendFrame(boolean last, int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    frame.write((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 1 << 16) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(MASK);
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= MASK[i & 3];
    }
    frame.writeBytes(masked);
    out.write(frame.toByteArray());
    out.flush();
  }

  RawFrame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int opcode = first & 0x0f;
    if (opcode >= RawFrame.CLOSE && (first & 0x80) == 0) {
      throw new AssertionError("a fragment of a control frame, opcode " + opcode);
    }
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new RawFrame(opcode, payload);
  }

  /** Reads on to the end of the next tunnel frame, wherever WebSocket messages begin and end. */
  Message readMessage() throws IOException {
    while (stream.readableBytes() < 2 || stream.readableBytes() < frameLength()) {
      RawFrame frame = readFrame();
      if (frame.opcode() != RawFrame.BINARY) {
        throw new AssertionError("opcode " + frame.opcode());
      }
      stream.discardSomeReadBytes().writeBytes(frame.payload());
    }
    byte[] message = new byte[stream.readUnsignedShort()];
    stream.readBytes(message);
    return Message.parseFrom(message);
  }

  private int frameLength() {
    return 2 + stream.getUnsignedShort(stream.readerIndex());
  }

  /** Skips everything up to the close frame and answers it. */
  RawFrame readClose() throws IOException {
    RawFrame frame = readFrame();
    while (frame.opcode() != RawFrame.CLOSE) {
      frame = readFrame();
    }
    sendFrame(true, RawFrame.CLOSE, frame.payload());
    return frame;
  }

  /** Tells whether the connection ends without a further byte; a reset is an exception. */
  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (EOFException e) {
      return true;
    }
  }

  void readTimeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Returns the way out for bytes that are no WebSocket frame of this class. */
  OutputStream output() {
    return out;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
