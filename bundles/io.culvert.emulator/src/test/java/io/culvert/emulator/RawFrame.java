// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator;

import java.nio.charset.StandardCharsets;

/** A WebSocket frame as it was received. */
record RawFrame(int opcode, byte[] payload) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  int closeCode() {
    return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
  }

  String closeReason() {
    return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
  }
}
