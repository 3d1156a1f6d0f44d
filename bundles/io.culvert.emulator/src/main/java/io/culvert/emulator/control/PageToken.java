// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.control;

import java.nio.ByteBuffer;
import java.util.Base64;

/** Where a list of tunnels goes on, as text that means nothing to clients. Stateless. */
final class PageToken {
  private PageToken() {}

  static String encode(long lastNumber) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(lastNumber).array();
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  static long decode(String token) throws ApiException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length == Long.BYTES) {
        return ByteBuffer.wrap(bytes).getLong();
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static ApiException invalid() {
    return ApiException.invalid("The nextToken is not one of a previous response");
  }
}
