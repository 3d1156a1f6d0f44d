// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.launcher.webconsole;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.function.BiPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether user name and password are right. A browser sends them with every request, so the
 * right ones are remembered, as a digest that is of no use outside this process. Thread-safe.
 */
final class Login implements BiPredicate<String, String> {
  static final String USER = "admin";

  private static final String DIGEST = "HmacSHA256";

  private final PasswordHash hash;
  private final SecretKeySpec key;
  private volatile byte @Nullable [] known;

  Login(PasswordHash hash) {
    this.hash = hash;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, DIGEST);
  }

  @Override
  public boolean test(String user, String password) {
    return isPassword(password) && isUser(user);
  }

  private boolean isPassword(String password) {
    byte[] digest = digest(password);
    byte[] right = known;
    if (right != null && MessageDigest.isEqual(right, digest)) {
      return true;
    }
    boolean passes = hash.isOf(password.toCharArray());
    if (passes) {
      known = digest;
    }
    return passes;
  }

  private static boolean isUser(String name) {
    return MessageDigest.isEqual(
        name.getBytes(StandardCharsets.UTF_8), USER.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] digest(String password) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + DIGEST, e);
    }
  }
}
