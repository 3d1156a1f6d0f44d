// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.registry;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that lets one end into one tunnel. Its {@link #toString()} never shows the value; only
 * {@link #reveal()} does. Immutable.
 */
public final class AccessToken {
  private static final int RANDOM_BYTES = 48;

  private final String value;

  private AccessToken(String value) {
    this.value = value;
  }

  static AccessToken random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    // As those of AWS do; with a hyphen in front it would be taken for an option.
    bytes[0] = 1;
    return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Returns the value in clear, to hand it to a client. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken token && token.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "****";
  }
}
