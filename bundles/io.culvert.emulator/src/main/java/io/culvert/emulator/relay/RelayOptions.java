// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

/**
 * How the service treats two ends of a tunnel of which one is not there.
 *
 * @param onReplacement what the other end is told when a client follows an earlier one of the same
 *     end, which is connected still or gone.
 * @param onLoss what the other end is told when a client is gone.
 * @param holdForAbsent whether frames for an end without a client wait for one, as many as its
 *     queue takes, or are dropped.
 */
public record RelayOptions(PeerNotice onReplacement, PeerNotice onLoss, boolean holdForAbsent) {
  /** What is known of the real service. */
  public static final RelayOptions DEFAULT =
      new RelayOptions(PeerNotice.STREAM_RESET, PeerNotice.NONE, false);
}
