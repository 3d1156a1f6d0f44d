// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/**
 * What a tunnel has received and could not deliver yet, at one moment.
 *
 * @param waiting bytes that wait for local sockets, with what each buffer costs.
 * @param limit bytes from which on the tunnel is not read.
 * @param connections connections for which something waits.
 * @param full connections that have used up what one may have, for which the tunnel is not read.
 * @param paused whether the tunnel is not read now, for one of these reasons or because all tunnels
 *     together have used up what they may.
 */
public record ReceiveStatus(long waiting, long limit, int connections, int full, boolean paused) {
  /** Nothing waits. */
  public static final ReceiveStatus NONE = new ReceiveStatus(0, 0, 0, 0, false);
}
