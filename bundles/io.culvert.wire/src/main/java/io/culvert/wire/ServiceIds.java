// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks service ids and keeps the ones seen last, so that the messages of a stream share one
 * string. Confined to one thread.
 */
final class ServiceIds {
  /** The longest service id that the service lets a tunnel have. */
  static final int MAX_LENGTH = 128;

  /** More than a tunnel has services, so that in practice no id is ever pushed out. */
  private static final int CACHE_SIZE = 8;

  private final @Nullable String[] cache = new String[CACHE_SIZE];
  private int nextSlot;

  /** Reads a service id out of a frame, without moving anything in it. */
  String get(ByteBuf frame, int start, int length) throws ProtocolViolationException {
    if (length == 0) {
      return "";
    }
    for (String known : cache) {
      if (known != null && matches(known, frame, start, length)) {
        return known;
      }
    }
    // One char per byte, so that whatever is not ASCII fails the check.
    checkLength(length);
    return remember(check(frame.toString(start, length, StandardCharsets.ISO_8859_1)));
  }

  /** Returns the shared instance of a service id. */
  String get(String id) throws ProtocolViolationException {
    if (id.isEmpty()) {
      return "";
    }
    for (String known : cache) {
      if (id.equals(known)) {
        return known;
      }
    }
    return remember(check(id));
  }

  /** Returns the id if it is well-formed; an empty one is not. */
  static String check(String id) throws ProtocolViolationException {
    checkLength(id.length());
    for (int i = 0; i < id.length(); i++) {
      if (!isAllowed(id.charAt(i))) {
        throw new ProtocolViolationException("service id with a character not in [a-zA-Z0-9:_-]");
      }
    }
    return id;
  }

  private String remember(String id) {
    cache[nextSlot] = id;
    nextSlot = (nextSlot + 1) % CACHE_SIZE;
    return id;
  }

  private static boolean matches(String known, ByteBuf frame, int start, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (frame.getByte(start + i) != known.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static void checkLength(int length) throws ProtocolViolationException {
    if (length > MAX_LENGTH) {
      throw new ProtocolViolationException(
          "service id of " + length + " characters, at most " + MAX_LENGTH + " are allowed");
    }
  }

  private static boolean isAllowed(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == ':'
        || c == '_'
        || c == '-';
  }
}
