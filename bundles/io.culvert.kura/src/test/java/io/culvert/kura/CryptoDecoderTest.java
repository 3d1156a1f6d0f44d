// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.culvert.api.SecretDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoDecoderTest {
  private static final String SECRET = "AQGAAXh7-not-to-be-seen";

  @Test
  void whatKuraEncryptedIsDecrypted() throws Exception {
    PlayedCrypto crypto = new PlayedCrypto();
    for (String clear : new String[] {SECRET, "short", "\u00fc\u20ac", ""}) {
      String encrypted = crypto.encrypt(clear);
      assertThat(CryptoDecoder.isEncrypted(encrypted)).as(encrypted).isTrue();
      assertThat(new CryptoDecoder(crypto).decode(encrypted).reveal()).isEqualTo(clear);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AQGAAXh7Zk1wbGU=",
        "with-dash",
        "-",
        "a-",
        "-b",
        "AAAA-AAAA",
        "1f7e9e4c-6a0c-4a7e-9d0b-7f8a5b1c2d3e",
        "AAAAAAAAAAAAAAAA-",
        "AAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAA-AAA=A",
        "AAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAAAAA-AAAA",
        "http://user:pass-word@proxy.example:3128"
      })
  void whatDoesNotLookEncryptedIsTakenAsItIs(String clear) throws Exception {
    CryptoDecoder.Decryption never =
        value -> {
          throw new AssertionError("asked to decrypt " + clear);
        };
    assertThat(new CryptoDecoder(never).decode(clear).reveal()).isEqualTo(clear);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 20})
  void whatWasCutOffIsNeverUsed(int missing) throws Exception {
    PlayedCrypto crypto = new PlayedCrypto();
    String encrypted = crypto.encrypt(SECRET);
    String cut = encrypted.substring(0, encrypted.length() - missing);
    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> new CryptoDecoder(crypto::decryptAes).decode(cut));
  }

  @Test
  void blanksAroundAValueDoNotMakeItClear() throws Exception {
    PlayedCrypto crypto = new PlayedCrypto();
    String value = " " + crypto.encrypt(SECRET) + "\n";
    assertThat(new CryptoDecoder(crypto::decryptAes).decode(value).reveal()).isEqualTo(SECRET);
  }

  @Test
  void whatKuraEncryptedWithoutBeingAbleToDecryptItIsNeverUsed() throws Exception {
    PlayedCrypto crypto = new PlayedCrypto();
    String foreign = new PlayedCrypto().encrypt(SECRET);
    String twice = crypto.encrypt(foreign);
    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> new CryptoDecoder(crypto::decryptAes).decode(twice))
        .withMessageContaining("encrypted twice")
        .withMessageNotContaining(foreign);
  }

  @Test
  void aDamagedValueIsNeverUsedAndNeverShown() throws Exception {
    PlayedCrypto crypto = new PlayedCrypto();
    String encrypted = crypto.encrypt(SECRET);
    char last = encrypted.charAt(encrypted.length() - 3);
    String damaged =
        encrypted.substring(0, encrypted.length() - 3)
            + (last == 'A' ? 'B' : 'A')
            + encrypted.substring(encrypted.length() - 2);

    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> new CryptoDecoder(crypto).decode(damaged))
        .withMessageContaining("enter it anew")
        .withMessageNotContaining(damaged.substring(0, 8))
        .withNoCause();
  }

  @Test
  void anUncheckedExceptionOfKuraIsAFailureToDecode() throws Exception {
    String encrypted = new PlayedCrypto().encrypt(SECRET);
    CryptoDecoder.Decryption broken =
        value -> {
          throw new IllegalArgumentException(new String(value));
        };
    assertThatExceptionOfType(SecretDecodingException.class)
        .isThrownBy(() -> new CryptoDecoder(broken).decode(encrypted))
        .withMessageContaining("IllegalArgumentException")
        .withMessageNotContaining(encrypted)
        .withNoCause();
  }

  @Test
  void arraysThatHeldASecretAreCleared() throws Exception {
    char[] clear = SECRET.toCharArray();
    char[][] given = new char[1][];
    CryptoDecoder.Decryption crypto =
        value -> {
          given[0] = value;
          return clear;
        };
    String encrypted = new PlayedCrypto().encrypt(SECRET);

    assertThat(new CryptoDecoder(crypto).decode(encrypted).reveal()).isEqualTo(SECRET);

    assertThat(clear).containsOnly('\0');
    assertThat(given[0]).containsOnly('\0');
  }
}
