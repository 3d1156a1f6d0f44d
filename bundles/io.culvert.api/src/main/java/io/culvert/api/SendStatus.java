// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a tunnel sends at one moment.
 *
 * @param pacing what the pacer does, in a word for people: docs/architecture.md has a list.
 * @param rate at which bulk may be sent, in bytes per second: bytes of messages, without what
 *     WebSocket, TLS and TCP/IP add; 0 without limit. It is that of the pacer or the rate limit of
 *     the tunnel, whichever is lower; the limits of single services do not show.
 * @param linkRate what the link takes, as it is configured or was found out, in the same bytes; 0
 *     if it is not known.
 * @param queueDelay by how much the last answer came later than usual, whether it had to wait
 *     behind bytes of ours, behind those of others, or for a peer that is slow; absent if there was
 *     none.
 * @param baseDelay how long an answer takes when nothing is in its way; absent if there was none.
 * @param limited whether bulk waits for the pacer or the rate limit of the tunnel, and not for the
 *     WebSocket.
 * @param waiting connections that have something to send.
 */
public record SendStatus(
    String pacing,
    long rate,
    long linkRate,
    @Nullable Duration queueDelay,
    @Nullable Duration baseDelay,
    boolean limited,
    int waiting) {
  /** Nothing is sent. */
  public static final SendStatus NONE = new SendStatus("OFF", 0, 0, null, null, false, 0);
}
