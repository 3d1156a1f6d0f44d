// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.Secret;
import io.culvert.api.SecretDecoder;
import io.culvert.api.SecretDecodingException;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.kura.KuraException;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what Kura has encrypted. Kura hands a password on encrypted, or in clear if it came with
 * the first properties of an instance, and marks neither: the form of the value decides. What has
 * the form of an encrypted value but cannot be decrypted is never taken for a password. Safe for
 * all threads.
 */
final class CryptoDecoder implements SecretDecoder {
  private static final int GCM_IV = 12;
  private static final int BLOCK = 16;

  private final Decryption decryption;

  CryptoDecoder(Decryption decryption) {
    this.decryption = decryption;
  }

  @Override
  public Secret decode(String value) throws SecretDecodingException {
    if (!isEncrypted(value)) {
      return Secret.of(value);
    }
    char[] encrypted = value.toCharArray();
    char[] clear = {};
    try {
      clear = decryption.decryptAes(encrypted);
      return Secret.of(new String(clear));
    } catch (KuraException | RuntimeException e) {
      // No cause: its message may hold the value.
      throw new SecretDecodingException(
          "Kura's crypto service cannot decrypt it ("
              + e.getClass().getSimpleName()
              + "); it was encrypted on another gateway, or was damaged: enter it anew");
    } finally {
      Arrays.fill(encrypted, '\0');
      Arrays.fill(clear, '\0');
    }
  }

  /**
   * Tells whether a value is an initialization vector and a cipher text, both in Base64, with a
   * hyphen between them: of AES in the modes GCM, whose text ends with a tag, or CBC.
   */
  static boolean isEncrypted(String value) {
    int hyphen = value.indexOf('-');
    byte[] vector = hyphen < 0 ? null : base64(value.substring(0, hyphen));
    byte[] text = hyphen < 0 ? null : base64(value.substring(hyphen + 1));
    if (vector == null || text == null || text.length < BLOCK) {
      return false;
    }
    return vector.length == GCM_IV || (vector.length == BLOCK && text.length % BLOCK == 0);
  }

  private static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What is needed of Kura's crypto service. */
  @FunctionalInterface
  interface Decryption {
    char[] decryptAes(char[] encrypted) throws KuraException;
  }
}
