// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.Secret;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.kura.KuraException;

/**
 * Decrypts what Kura has encrypted. Kura hands a password on encrypted, or in clear if it came with
 * the first properties of an instance, and marks neither: the form of the value decides. What has
 * the form of an encrypted value but cannot be decrypted is never taken for a password. Safe for
 * all threads.
 */
final class CryptoDecoder implements SecretDecoder {
  /** A vector of 12 bytes, and a text. */
  private static final Pattern ENCRYPTED =
      Pattern.compile("[A-Za-z0-9+/]{16}-[A-Za-z0-9+/]+={0,2}");

  private final Decryption decryption;

  CryptoDecoder(Decryption decryption) {
    this.decryption = decryption;
  }

  @Override
  public Secret decode(String value) throws SecretDecodingException {
    if (!isEncrypted(value)) {
      return Secret.of(value);
    }
    char[] encrypted = value.strip().toCharArray();
    char[] clear = {};
    try {
      clear = Objects.requireNonNull(decryption.decryptAes(encrypted));
      String secret = new String(clear);
      if (isEncrypted(secret)) {
        // Kura encrypts what it could not decrypt itself.
        throw undecodable("it was encrypted twice");
      }
      return Secret.of(secret);
    } catch (KuraException | RuntimeException e) {
      // No cause: its message may hold the value.
      throw undecodable(e.getClass().getSimpleName());
    } finally {
      Arrays.fill(encrypted, '\0');
      Arrays.fill(clear, '\0');
    }
  }

  private static SecretDecodingException undecodable(String why) {
    return new SecretDecodingException(
        "Kura's crypto service cannot decrypt it ("
            + why
            + "); it was encrypted on another gateway, or was damaged: enter it anew");
  }

  /**
   * Tells whether a value is an initialization vector of AES-GCM and a cipher text, both in Base64,
   * with a hyphen between them. The text need not be whole: what was cut off is no password either.
   */
  static boolean isEncrypted(String value) {
    return ENCRYPTED.matcher(value.strip()).matches();
  }

  /** What is needed of Kura's crypto service. */
  @FunctionalInterface
  interface Decryption {
    char[] decryptAes(char[] encrypted) throws KuraException;
  }
}
