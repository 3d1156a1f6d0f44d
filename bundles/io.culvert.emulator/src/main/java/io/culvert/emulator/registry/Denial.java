// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

/** Why an access token does not open a tunnel. */
public enum Denial {
  /** No tunnel that is known ever had this token. */
  UNKNOWN("Invalid access token"),
  /** A rotation has replaced it. */
  ROTATED("Invalid access token: The access token was rotated"),
  /** Its tunnel is closed. */
  CLOSED("Invalid access token: The tunnel is closed"),
  /** It was used, and the client token of that time did not come with it. */
  USED(
      "Invalid access token: The access token was previously used and cannot be used again"
          + " without the client token of its first use");

  private final String reason;

  Denial(String reason) {
    this.reason = reason;
  }

  /** Returns the sentence for the client. */
  public String reason() {
    return reason;
  }
}
