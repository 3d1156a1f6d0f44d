// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.process;

import java.util.Locale;

/**
 * The way through the service, the same in both directions. Immutable.
 *
 * @param bytesPerSecond its rate, 0 for no limit.
 * @param roundTripMillis what it adds to a round trip.
 * @param queue what the service queues when the link is full.
 */
public record Link(long bytesPerSecond, int roundTripMillis, Queue queue) {
  /** As fast as the machine is. */
  public static final Link UNLIMITED = new Link(0, 0, Queue.DEEP);

  private static final int KILO = 1000;

  /** How much a service takes before its sender notices that the link is full. */
  public enum Queue {
    /** Little: 32 KiB, and as much in the kernel. */
    SMALL(1 << 15, 1 << 15),
    /** 1 MiB, and megabytes in the kernel, whose buffers grow: the sender notices late. */
    DEEP(1 << 20, 0);

    private final int bytes;
    private final int receiveBuffer;

    Queue(int bytes, int receiveBuffer) {
      this.bytes = bytes;
      this.receiveBuffer = receiveBuffer;
    }

    /** Returns how many bytes the service itself queues. */
    public int bytes() {
      return bytes;
    }

    /** Returns the size of the kernel's receive buffer, 0 for what the system chooses. */
    public int receiveBuffer() {
      return receiveBuffer;
    }
  }

  /** Tells whether it has a rate. */
  public boolean isLimited() {
    return bytesPerSecond > 0;
  }

  /** Returns the bytes that are on their way in one direction while the link is busy. */
  long bytesOnTheWay(long rateIfUnlimited) {
    long rate = isLimited() ? bytesPerSecond : rateIfUnlimited;
    return rate * roundTripMillis / 2 / KILO;
  }

  /** Returns for example {@code 1MBps-deep-100ms} or {@code unlimited-2ms}. */
  public String name() {
    String queueing = isLimited() ? "-" + queue.name().toLowerCase(Locale.ROOT) : "";
    return rateName() + queueing + "-" + roundTripMillis + "ms";
  }

  private String rateName() {
    if (!isLimited()) {
      return "unlimited";
    }
    return bytesPerSecond < KILO * KILO
        ? bytesPerSecond / KILO + "kBps"
        : bytesPerSecond / KILO / KILO + "MBps";
  }
}
