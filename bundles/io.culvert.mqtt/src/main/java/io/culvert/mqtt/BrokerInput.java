// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the broker sends, mended for the MQTT client. Its threads wait for each other without end if
 * one has seen the end of the input before the others began: so the end is held back until it has
 * sent something. And it takes as much memory as a packet says it is long: so one that is too long
 * for AWS IoT Core is an error. For one reading thread; {@link #begin()} may come from any.
 */
final class BrokerInput extends FilterInputStream {
  /** The longest packet, in bytes: a payload of 128 KiB, as AWS IoT Core allows, and its topic. */
  static final int MAX_PACKET = 256 * 1024;

  /** Long enough for all threads of a client to begin; only one that is given up sends nothing. */
  private static final long LONGEST_SECONDS = 1;

  private final CountDownLatch begun = new CountDownLatch(1);
  private boolean inLength;
  private int shift;

  /** Of the packet that is being read: what has come of its length, then what is left of it. */
  private int length;

  BrokerInput(InputStream in) {
    super(in);
  }

  /** Something was sent: from now on the end is the end. */
  void begin() {
    begun.countDown();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int most) throws IOException {
    int count;
    try {
      count = super.read(target, offset, most);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      awaitBegin();
      throw e;
    }
    if (count < 0) {
      awaitBegin();
      return -1;
    }
    check(target, offset, offset + count);
    return count;
  }

  @Override
  public int available() throws IOException {
    try {
      return super.available();
    } catch (IOException e) {
      awaitBegin();
      throw e;
    }
  }

  /** Follows the lengths of packets; see MQTT 3.1.1, 2.2.3. */
  private void check(byte[] bytes, int from, int to) throws IOException {
    int next = from;
    while (next < to) {
      if (inLength) {
        byte part = bytes[next++];
        length |= (part & 0x7f) << shift;
        shift += 7;
        inLength = part < 0;
        if (length > MAX_PACKET || shift > 28) {
          throw new IOException("it sent a packet of more than " + MAX_PACKET + " bytes");
        }
      } else if (length > 0) {
        int skipped = Math.min(length, to - next);
        length -= skipped;
        next += skipped;
      } else {
        next++;
        inLength = true;
        shift = 0;
      }
    }
  }

  /** Goes on waiting when it is interrupted: the client interrupts what it waits for. */
  private void awaitBegin() {
    boolean interrupted = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (true) {
      try {
        begun.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
