// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.culvert.api.Secret;
import io.culvert.api.SecretDecodingException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoCipherTest {
  private static final String SECRET = "AQGAAXh7-not-to-be-seen";

  private final PlayedCrypto crypto = new PlayedCrypto();
  private final CryptoCipher cipher = new CryptoCipher(crypto::encryptAes, crypto::decryptAes);

  @ParameterizedTest
  @ValueSource(
      strings = {SECRET, "short", "\u00fc\u20ac\n", "AAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatIsEncryptedIsOneLineAndCanBeReadAgain(String clear) throws Exception {
    String encrypted = cipher.encrypt(Secret.of(clear));
    assertThat(encrypted).isPrintable().isNotEqualTo(clear);
    assertThat(cipher.decrypt(encrypted)).isEqualTo(Secret.of(clear));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "with-dash", "AAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatWasNotEncryptedHereIsRefusedAndNotShown(String foreign) {
    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> cipher.decrypt(foreign))
        .withMessageStartingWith("Kura's crypto service cannot decrypt it")
        .withMessageNotContaining("dash")
        .withMessageNotContaining("AAAA")
        .withNoCause();
  }

  @Test
  void anyExceptionOfKuraIsAFailureThatShowsNothing() {
    CryptoCipher refusing =
        new CryptoCipher(
            value -> {
              throw new KuraException(KuraErrorCode.ENCODE_ERROR, new String(value));
            },
            crypto);
    CryptoCipher broken =
        new CryptoCipher(
            value -> {
              throw new IllegalStateException(new String(value));
            },
            crypto);
    for (CryptoCipher each : new CryptoCipher[] {refusing, broken}) {
      assertThatExceptionOfType(SecretDecodingException.class)
          .isThrownBy(() -> each.encrypt(Secret.of(SECRET)))
          .withMessageContaining("cannot encrypt it")
          .withMessageNotContaining(SECRET)
          .withNoCause();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "\u00fc"})
  void whatDoesNotFitALineIsNotTaken(String encrypted) {
    CryptoCipher odd = new CryptoCipher(value -> encrypted.toCharArray(), crypto);
    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> odd.encrypt(Secret.of(SECRET)));
  }

  @Test
  void arraysThatHeldASecretAreCleared() throws Exception {
    char[][] given = new char[1][];
    char[] clear = SECRET.toCharArray();
    CryptoCipher watched =
        new CryptoCipher(
            value -> {
              given[0] = value;
              return crypto.encryptAes(value);
            },
            encrypted -> clear);
    assertThat(watched.decrypt(watched.encrypt(Secret.of(SECRET)))).isEqualTo(Secret.of(SECRET));
    assertThat(given[0]).containsOnly('\0');
    assertThat(clear).containsOnly('\0');
  }
}
