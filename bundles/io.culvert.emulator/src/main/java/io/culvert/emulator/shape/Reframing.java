// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.shape;

/** How the byte stream is cut into WebSocket messages on its way to a client. */
public enum Reframing {
  /** As it comes: what is waiting, up to the longest message. */
  NONE,
  /** One tunnel frame in each message. */
  FRAME,
  /** As much as possible in each message; waits a few milliseconds for more. */
  AGGREGATE,
  /** Messages of 1 to 3000 bytes. */
  SPLIT,
  /** One byte in each message. */
  BYTE,
  /** Messages of any length, short ones often. */
  RANDOM
}
