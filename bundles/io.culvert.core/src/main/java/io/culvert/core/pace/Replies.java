// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * Tells echoes that nobody waits for: whose peer has gone on before they went. An answer in several
 * parts looks the same, but what is sent next is not as long, or the last parts are never echoed.
 */
final class Replies {
  /** After parts that were never echoed so many messages are taken for requests. */
  private static final int DOUBTS = 16;

  private int messages;
  private long bytes;
  private boolean sent;

  /** Whether what went last was an echo, with more to come. */
  private boolean owing;

  private int doubts;

  /**
   * Takes note of what came.
   *
   * @param asked whether something was asked that it may answer.
   */
  void received(int payload, boolean asked) {
    if (sent || asked) {
      doubts = owing ? DOUBTS : doubts;
      owing = false;
      messages = 0;
      bytes = 0;
      sent = false;
    }
    messages++;
    bytes += payload;
  }

  /** Takes note of what goes, and returns whether it is the echo of one of several, or of all. */
  boolean isLate(int payload) {
    sent = true;
    boolean late = messages > 1 && (payload == bytes || (long) payload * messages == bytes);
    if (late) {
      messages--;
      bytes -= payload;
    }
    owing = late && bytes > 0;
    doubts = Math.max(0, doubts - 1);
    return late && doubts == 0;
  }
}
