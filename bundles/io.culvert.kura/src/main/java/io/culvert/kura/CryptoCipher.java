// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import io.culvert.api.Secret;
import io.culvert.api.SecretCipher;
import io.culvert.api.SecretDecodingException;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.kura.KuraException;

/**
 * Encrypts with the gateway's key, as Kura does with passwords, so that the result can be read
 * again after a restart, and on no gateway with another key. Safe for all threads.
 */
final class CryptoCipher implements SecretCipher {
  private final Encryption encryption;
  private final CryptoDecoder.Decryption decryption;

  CryptoCipher(Encryption encryption, CryptoDecoder.Decryption decryption) {
    this.encryption = encryption;
    this.decryption = decryption;
  }

  @Override
  public String encrypt(Secret value) throws SecretDecodingException {
    char[] clear = value.reveal().toCharArray();
    try {
      String encrypted = new String(Objects.requireNonNull(encryption.encryptAes(clear)));
      if (!encrypted.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw failed("encrypt", "unknown form");
      }
      return encrypted;
    } catch (KuraException | RuntimeException e) {
      // No cause: its message may hold the value.
      throw failed("encrypt", e.getClass().getSimpleName());
    } finally {
      Arrays.fill(clear, '\0');
    }
  }

  @Override
  public Secret decrypt(String encrypted) throws SecretDecodingException {
    char[] given = encrypted.toCharArray();
    char[] clear = {};
    try {
      clear = Objects.requireNonNull(decryption.decryptAes(given));
      return Secret.of(new String(clear));
    } catch (KuraException | RuntimeException e) {
      throw failed("decrypt", e.getClass().getSimpleName());
    } finally {
      Arrays.fill(given, '\0');
      Arrays.fill(clear, '\0');
    }
  }

  private static SecretDecodingException failed(String what, String why) {
    return new SecretDecodingException(
        "Kura's crypto service cannot " + what + " it (" + why + ")");
  }

  /** What else is needed of Kura's crypto service. */
  @FunctionalInterface
  interface Encryption {
    char[] encryptAes(char[] value) throws KuraException;
  }
}
