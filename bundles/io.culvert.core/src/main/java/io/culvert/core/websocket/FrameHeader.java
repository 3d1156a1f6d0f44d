// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.websocket;

import io.culvert.wire.ProtocolViolationException;
import io.netty.buffer.ByteBuf;

/**
 * Reads the headers of the frames that a service sends, however they are cut, and refuses what RFC
 * 6455 forbids a server, text, and payloads over the limit. Confined to one thread; the results
 * hold from the end of one header to the beginning of the next.
 */
final class FrameHeader {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static final int FINAL = 0x80;
  static final int MASKED = 0x80;

  /** In place of a length: it follows in two bytes. */
  static final int LENGTH_16 = 126;

  /** In place of a length: it follows in eight bytes. */
  static final int LENGTH_64 = 127;

  private static final int RESERVED_BITS = 0x70;
  private static final int OPCODE_BITS = 0x0F;
  private static final int LENGTH_BITS = 0x7F;
  private static final int LONGEST_CONTROL = 125;

  private enum Next {
    OPCODE,
    LENGTH,
    LENGTH_BYTES
  }

  private final int maxPayload;
  private Next next = Next.OPCODE;
  private boolean fragmented;
  private int opcode;
  private long length;
  private int lengthBytes;
  private int shortest;

  /**
   * Makes a reader at the beginning of a stream.
   *
   * @param maxPayload the longest payload of a frame to accept.
   */
  FrameHeader(int maxPayload) {
    this.maxPayload = maxPayload;
  }

  /**
   * Reads the rest of a header, or what there is of it.
   *
   * @return whether the header is complete; the next call begins with the next one.
   * @throws ProtocolViolationException if it is not acceptable; the reader is of no use then.
   */
  boolean read(ByteBuf in) throws ProtocolViolationException {
    while (in.isReadable()) {
      int bits = in.readUnsignedByte();
      switch (next) {
        case OPCODE -> readOpcode(bits);
        case LENGTH -> readLength(bits);
        case LENGTH_BYTES -> {
          length = length << Byte.SIZE | bits;
          lengthBytes--;
        }
      }
      if (next == Next.LENGTH_BYTES && lengthBytes == 0) {
        checkLength();
        next = Next.OPCODE;
        return true;
      }
    }
    return false;
  }

  int opcode() {
    return opcode;
  }

  /** Returns the length of the payload, which is within the limit. */
  int length() {
    return (int) length;
  }

  /** Returns whether it is a ping, a pong or a close frame. */
  boolean isControl() {
    return opcode >= CLOSE;
  }

  private void readOpcode(int bits) throws ProtocolViolationException {
    if ((bits & RESERVED_BITS) != 0) {
      throw new ProtocolViolationException(
          "WebSocket frame with reserved bits set, no extension was agreed");
    }
    boolean last = (bits & FINAL) != 0;
    opcode = bits & OPCODE_BITS;
    switch (opcode) {
      case CONTINUATION -> {
        if (!fragmented) {
          throw new ProtocolViolationException("continuation frame without a message to continue");
        }
        fragmented = !last;
      }
      case BINARY -> {
        if (fragmented) {
          throw new ProtocolViolationException("binary frame within a fragmented message");
        }
        fragmented = !last;
      }
      case CLOSE, PING, PONG -> {
        if (!last) {
          throw new ProtocolViolationException("fragmented control frame");
        }
      }
      case TEXT -> throw new ProtocolViolationException("a text frame");
      default ->
          throw new ProtocolViolationException(
              "WebSocket frame with the reserved opcode " + opcode);
    }
    next = Next.LENGTH;
  }

  private void readLength(int bits) throws ProtocolViolationException {
    if ((bits & MASKED) != 0) {
      throw new ProtocolViolationException("masked WebSocket frame, only clients mask");
    }
    int value = bits & LENGTH_BITS;
    if (isControl() && value > LONGEST_CONTROL) {
      throw new ProtocolViolationException(
          "control frame of more than " + LONGEST_CONTROL + " bytes");
    }
    length = value < LENGTH_16 ? value : 0;
    lengthBytes =
        switch (value) {
          case LENGTH_16 -> Short.BYTES;
          case LENGTH_64 -> Long.BYTES;
          default -> 0;
        };
    shortest =
        switch (value) {
          case LENGTH_16 -> LENGTH_16;
          case LENGTH_64 -> 0x1_0000;
          default -> 0;
        };
    next = Next.LENGTH_BYTES;
  }

  private void checkLength() throws ProtocolViolationException {
    if (length >= 0 && length < shortest) {
      throw new ProtocolViolationException(
          "WebSocket frame of " + length + " bytes whose length is not in its shortest form");
    }
    if (length < 0 || length > maxPayload) {
      throw new ProtocolViolationException(
          "WebSocket frame of "
              + Long.toUnsignedString(length)
              + " bytes, at most "
              + maxPayload
              + " are allowed");
    }
  }
}
