// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * What the pacer knows of one connection: whether its small chunks may go ahead of bulk. Confined
 * to the pacer's event loop.
 */
public final class Exchange {
  /** A payload below this counts as small. */
  static final int SMALL = 1024;

  /** What may go ahead at once. */
  private static final int BURST = 4096;

  private final Pacer pacer;
  private double ahead;
  private long seen;

  Exchange(Pacer pacer) {
    this.pacer = pacer;
  }

  /** Forgets the connection, which has ended. */
  public void close() {
    pacer.closed(this);
  }

  /** Returns whether a chunk may go ahead of bulk: small, of a connection that sends little. */
  boolean bypasses(int payload, double bytesPerSecond, long now) {
    return payload < SMALL
        && ahead - Math.max(0, now - seen) * bytesPerSecond / 1e9 + payload <= BURST;
  }

  void sent(int framed, double bytesPerSecond, long now) {
    ahead = Math.max(0, ahead - Math.max(0, now - seen) * bytesPerSecond / 1e9);
    ahead = Math.min(ahead + framed, 4 * BURST);
    seen = now;
  }
}
