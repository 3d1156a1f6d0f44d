// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.reference;

/**
 * The value of one option and where it comes from. Its {@link #toString()} hides secrets.
 *
 * @param option the option.
 * @param text the value as it was given.
 * @param origin how the user named the option, such as {@code --region}, {@code
 *     AWSIOT_TUNNEL_REGION} or {@code config.ini line 3: region}.
 */
public record OptionValue(ReferenceOption option, String text, String origin) {

  /**
   * Makes the exception that says why this value cannot be used.
   *
   * @param allowed what is allowed, such as {@code must be 0 to 255}.
   * @return the exception.
   */
  public InputException rejected(String allowed) {
    return new InputException(toString(), allowed);
  }

  /** Names the option as the user did, with its value unless that is a secret. */
  @Override
  public String toString() {
    return option.isSecret() || option.isFlag() ? origin : origin + " '" + text + "'";
  }
}
