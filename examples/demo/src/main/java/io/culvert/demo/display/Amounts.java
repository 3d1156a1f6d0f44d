// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.time.Duration;
import java.util.Locale;

/** Bytes, times and rates in words; a MB is a million bytes. */
public final class Amounts {
  private static final double MEGA = 1e6;

  private Amounts() {}

  /** Such as {@code 512 B}, {@code 1.5 kB}, {@code 100 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < MEGA ? number(bytes / 1e3) + " kB" : number(bytes / MEGA) + " MB";
  }

  /** Such as {@code 0.25 s}. */
  public static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
  }

  /** Such as {@code 85 MB/s}; a dash for less than 1 MB, where the rate says nothing. */
  public static String rate(long bytes, Duration time) {
    if (bytes < MEGA || time.isZero()) {
      return "–";
    }
    return number(bytes / MEGA / (time.toNanos() / 1e9)) + " MB/s";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
  }
}
