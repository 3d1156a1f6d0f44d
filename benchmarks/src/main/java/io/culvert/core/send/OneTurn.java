// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.send;

import io.culvert.wire.TunnelMessage;

/** A WebSocket that takes one message whenever it is opened, and forgets it. One thread. */
final class OneTurn implements Uplink {
  private boolean open;
  private long bytes;

  void open() {
    open = true;
  }

  void close() {
    open = false;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public boolean isWritable() {
    return open;
  }

  @Override
  public int write(TunnelMessage message) {
    open = false;
    int length = message.payload().readableBytes();
    bytes += length;
    message.release();
    return length;
  }

  @Override
  public long unsentBytes() {
    return 0;
  }

  @Override
  public void setUnsentLimit(int limit) {}

  @Override
  public void flush() {}

  @Override
  public void failed(Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void setReading(boolean reading) {}
}
