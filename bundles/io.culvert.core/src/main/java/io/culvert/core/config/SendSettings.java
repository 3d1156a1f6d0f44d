// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.config.Values;
import io.culvert.core.pace.PaceSettings;

/**
 * How fast a tunnel sends.
 *
 * @param pace how the rate of the link is found, so that no queue grows behind the WebSocket.
 * @param rateLimit what may be sent at most, in bytes per second, 0 without limit.
 */
public record SendSettings(PaceSettings pace, long rateLimit) {
  private static final String AUTO = "auto";
  private static final String OFF = "off";

  /** Below this a chunk takes longer than anybody should have to wait. */
  private static final long SLOWEST = 8000;

  private static final long FASTEST = 100_000_000_000L;

  static SendSettings read(Values values) {
    PaceSettings pace = values.parsed("link.rate", SendSettings::pace);
    long limit = values.number("rate.limit");
    if (limit != 0 && limit < SLOWEST) {
      values.problem("rate.limit", Long.toString(limit), "must be 0 or " + allowed());
    }
    return new SendSettings(pace == null ? PaceSettings.AUTO : pace, limit);
  }

  private static PaceSettings pace(String text) {
    if (text.equalsIgnoreCase(AUTO)) {
      return PaceSettings.AUTO;
    }
    if (text.equalsIgnoreCase(OFF)) {
      return PaceSettings.OFF;
    }
    try {
      return PaceSettings.fixed(rate(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be auto, off, or " + allowed() + ", such as 1000000", e);
    }
  }

  /**
   * Reads the rate of an entry.
   *
   * @throws IllegalArgumentException if it is none; the message says what is allowed.
   */
  static long rate(String text) {
    long rate = 0;
    try {
      rate = Long.parseLong(text);
    } catch (NumberFormatException e) {
      // Said below, together with rates out of range.
    }
    if (rate < SLOWEST || rate > FASTEST) {
      throw new IllegalArgumentException(
          "must be " + allowed() + ServiceEntries.WITH_ID + "SSH=1000000");
    }
    return rate;
  }

  private static String allowed() {
    return "a whole number of " + SLOWEST + " to " + FASTEST + " bytes per second";
  }
}
