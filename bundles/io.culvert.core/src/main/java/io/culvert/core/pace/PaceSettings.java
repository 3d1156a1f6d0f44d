// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.pace;

/**
 * How bulk is paced.
 *
 * @param mode whether the rate is found, given, or without limit.
 * @param rate of the link in bytes per second if it is given, 0 otherwise.
 */
public record PaceSettings(Mode mode, long rate) {
  /** Finds the rate of the link by what comes back. */
  public static final PaceSettings AUTO = new PaceSettings(Mode.AUTO, 0);

  /** Paces nothing. */
  public static final PaceSettings OFF = new PaceSettings(Mode.OFF, 0);

  /** Where the rate comes from. */
  public enum Mode {
    /** It is found. */
    AUTO,
    /** It is given. */
    FIXED,
    /** There is none. */
    OFF
  }

  /** Checks that a rate is given where one is needed. */
  public PaceSettings {
    if (mode == Mode.FIXED && rate <= 0) {
      throw new IllegalArgumentException("a fixed rate must be positive, not " + rate);
    }
  }

  /**
   * Makes settings for a link whose rate is known.
   *
   * @param rate in bytes per second.
   * @return the settings.
   */
  public static PaceSettings fixed(long rate) {
    return new PaceSettings(Mode.FIXED, rate);
  }
}
