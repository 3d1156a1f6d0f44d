// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

/** Where a connection is in its life. The tunnel's other end knows of it only while it is live. */
enum ConnectionState {
  /** The local connect is under way; what the tunnel brings is kept. */
  CONNECTING,
  /** Bytes flow both ways. */
  OPEN,
  /** The local end has finished sending; what the tunnel brings is still delivered. */
  HALF_CLOSED,
  /** The tunnel is done with it; what it brought is still being written. */
  DRAINING,
  /** All is written and the end is announced; waiting for the local end to close. */
  LINGERING,
  /** Nothing is left of it. */
  CLOSED;

  boolean isLive() {
    return this == CONNECTING || this == OPEN || this == HALF_CLOSED;
  }
}
