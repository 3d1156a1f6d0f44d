// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.relay;

/** What the service tells one end when something has happened to the other. */
public enum PeerNotice {
  /** Nothing. */
  NONE,
  /** One STREAM_RESET for each stream that is active. */
  STREAM_RESET,
  /** One SESSION_RESET. */
  SESSION_RESET
}
