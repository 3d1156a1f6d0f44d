// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Bytes of WebSocket frames. */
final class Frames {
  private Frames() {}

  /** Parses hexadecimal digits, blanks allowed. */
  static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Makes bytes of which no two neighbours are alike. */
  static byte[] payload(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i + i / 251);
    }
    return bytes;
  }

  /** Makes a frame as a server sends it, its length in the shortest form. */
  static byte[] frame(int firstByte, byte[] payload) {
    int length = payload.length;
    String header =
        length < 126
            ? "%02x%02x".formatted(firstByte, length)
            : length < 0x1_0000
                ? "%02x7e%04x".formatted(firstByte, length)
                : "%02x7f%016x".formatted(firstByte, length);
    return concat(hex(header), payload);
  }

  static ByteBuf buffer(byte[] bytes) {
    return Unpooled.buffer(Math.max(1, bytes.length)).writeBytes(bytes);
  }

  static byte[] drain(ByteBuf buffer) {
    try {
      return ByteBufUtil.getBytes(buffer);
    } finally {
      buffer.release();
    }
  }
}
