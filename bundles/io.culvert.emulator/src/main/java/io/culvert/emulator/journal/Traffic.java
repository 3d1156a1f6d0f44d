// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.journal;

import io.culvert.wire.MessageType;
import java.util.Map;

/**
 * What one end has sent and received so far, over all its connections.
 *
 * @param connects accepted handshakes.
 * @param sent messages that its clients sent, by type.
 * @param payloadBytes payload bytes of the DATA messages that its clients sent.
 * @param droppedFrames frames for this end that were thrown away because nobody was there.
 * @param streamBytesOut bytes of tunnel frames, prefixes included, written to its clients.
 * @param pings WebSocket pings that its clients sent.
 */
public record Traffic(
    int connects,
    Map<MessageType, Long> sent,
    long payloadBytes,
    long droppedFrames,
    long streamBytesOut,
    long pings) {

  /** Makes an immutable copy of the counts. */
  public Traffic {
    sent = Map.copyOf(sent);
  }

  /**
   * Returns how many messages of a type the clients of this end sent.
   *
   * @param type the type.
   * @return the number.
   */
  public long sent(MessageType type) {
    return sent.getOrDefault(type, 0L);
  }
}
