// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.wire;

/**
 * What an end of a tunnel accepts from the other one.
 *
 * @param maxPayload the longest payload of one message, in bytes.
 * @param maxFrame the longest tunnel frame without its length prefix, in bytes.
 */
public record WireLimits(int maxPayload, int maxFrame) {
  /** The longest frame that its two-byte length prefix can announce. */
  static final int LONGEST_FRAME = 0xFFFF;

  /** The payload limit of the protocol guide, and no frame limit but the one of the format. */
  public static final WireLimits DEFAULT = new WireLimits(64512, LONGEST_FRAME);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if a limit is below 1, the frame limit is over 65535, or the
   *     payload limit is over the frame limit.
   */
  public WireLimits {
    if (maxFrame < 1 || maxFrame > LONGEST_FRAME) {
      throw new IllegalArgumentException(
          "maxFrame is " + maxFrame + ", allowed is 1 to " + LONGEST_FRAME);
    }
    if (maxPayload < 1 || maxPayload > maxFrame) {
      throw new IllegalArgumentException(
          "maxPayload is " + maxPayload + ", allowed is 1 to maxFrame, " + maxFrame);
    }
  }

  void checkFrame(int length) throws ProtocolViolationException {
    if (length > maxFrame) {
      throw new ProtocolViolationException(
          "tunnel frame of " + length + " bytes, at most " + maxFrame + " are allowed");
    }
  }

  void checkPayload(int length) throws ProtocolViolationException {
    if (length > maxPayload) {
      throw new ProtocolViolationException(
          "payload of " + length + " bytes, at most " + maxPayload + " are allowed");
    }
  }
}
