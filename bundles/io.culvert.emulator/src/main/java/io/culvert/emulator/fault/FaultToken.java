// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret that opens the fault control. Its {@link #toString()} never shows the value; only
 * {@link #reveal()} does. Immutable.
 */
public final class FaultToken {
  private static final int RANDOM_BYTES = 32;
  private static final String SCHEME = "Bearer ";

  private final String value;

  /** Wraps a known token. */
  public FaultToken(String value) {
    this.value = value;
  }

  /** Makes a new one. */
  public static FaultToken random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new FaultToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Returns the value in clear. */
  public String reveal() {
    return value;
  }

  /** Returns the value of the {@code Authorization} header that shows this token. */
  String authorization() {
    return SCHEME + value;
  }

  /** Compares with an {@code Authorization} header; takes as long for any wrong one. */
  boolean isShownBy(String header) {
    return MessageDigest.isEqual(
        authorization().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "****";
  }
}
