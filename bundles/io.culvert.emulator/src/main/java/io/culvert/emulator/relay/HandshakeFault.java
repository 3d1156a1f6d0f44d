// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

import java.util.Map;

/**
 * How to turn a client away without a reason of its own.
 *
 * @param status the HTTP status, 0 to cut the connection without an answer.
 * @param headers further headers of the answer.
 */
public record HandshakeFault(int status, Map<String, String> headers) {
  /** Checks the status. */
  public HandshakeFault {
    if (status != 0 && (status < 300 || status > 599)) {
      throw new IllegalArgumentException("status: " + status + " is not 0 or 300 to 599");
    }
    headers = Map.copyOf(headers);
  }
}
