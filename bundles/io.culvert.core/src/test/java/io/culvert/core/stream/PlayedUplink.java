// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import io.culvert.core.send.Uplink;
import io.culvert.wire.TunnelMessage;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A WebSocket that a test plays. Written on the event loop, read by the test. */
final class PlayedUplink implements Uplink {
  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private volatile boolean writable = true;
  private volatile boolean reading;

  /** Returns what has been written: type, service, stream, connection, text. */
  BlockingQueue<String> sent() {
    return sent;
  }

  void setWritable(boolean writable) {
    this.writable = writable;
  }

  boolean isReading() {
    return reading;
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public void setUnsentLimit(int bytes) {
    // Tests say themselves when it is writable.
  }

  @Override
  public long unsentBytes() {
    return writable ? 0 : Integer.MAX_VALUE;
  }

  @Override
  public int write(TunnelMessage message) {
    int bytes = message.payload().readableBytes();
    String text = message.payload().toString(StandardCharsets.US_ASCII);
    sent.add(
        (message.type()
                + " '"
                + message.serviceId()
                + "' "
                + message.streamId()
                + " "
                + message.connectionId()
                + " "
                + text)
            .trim());
    message.release();
    return bytes;
  }

  @Override
  public void flush() {
    // What is written is already with the test.
  }

  @Override
  public void failed(Throwable cause) {
    throw new AssertionError(cause);
  }

  @Override
  public void setReading(boolean on) {
    reading = on;
  }
}
