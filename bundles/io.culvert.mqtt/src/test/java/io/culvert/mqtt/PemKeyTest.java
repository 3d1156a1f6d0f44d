// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  /** What stands before the key of PKCS #1 within that of PKCS #8, with lengths of two bytes. */
  private static final int HEAD = 4 + 3 + 15 + 4;

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  private static PrivateKey generate(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (bits > 0) {
      generator.initialize(bits);
    }
    return generator.generateKeyPair().getPrivate();
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "Ed25519, 0"})
  void aKeyOfPkcs8IsRead(String algorithm, int bits) throws Exception {
    PrivateKey key = generate(algorithm, bits);
    assertThat(PemKey.read("# a key - mine\n" + pem("PRIVATE KEY", key.getEncoded())))
        .isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 3072, 4096})
  void aKeyAsAwsHandsItOutIsRead(int bits) throws Exception {
    PrivateKey key = generate("RSA", bits);
    byte[] whole = key.getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(whole, HEAD, whole.length);
    assertThat(PemKey.read(pem("RSA PRIVATE KEY", pkcs1).replace("\n", "\r\n"))).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENCRYPTED PRIVATE KEY | c2VjcmV0        | its key has a password: use a PKCS #12 file",
        "EC PRIVATE KEY        | c2VjcmV0        | its key must be PKCS #8: 'openssl pkcs8",
        "PRIVATE KEY           | c2VjcmV0        | its key is damaged, or not of RSA, EC, EdDSA",
        "RSA PRIVATE KEY       | c2VjcmV0        | its key is damaged, or not of RSA, EC, EdDSA",
        "RSA PRIVATE KEY       | Proc-Type: 4,ENCRYPTED DEK-Info: AES-128-CBC,c2Vj | its key has a password",
        "CERTIFICATE           | c2VjcmV0        | there is no private key in PEM in it"
      })
  void whatCannotBeReadIsSaidAndNotShown(String type, String content, String message) {
    assertThatThrownBy(
            () ->
                PemKey.read(
                    "-----BEGIN " + type + "-----\n" + content + "\n-----END " + type + "-----\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContainingAny("c2Vj", "secret")
        .hasNoCause();
  }

  @Test
  void anEmptyFileHasNoKey() {
    assertThatThrownBy(() -> PemKey.read("")).hasMessage("there is no private key in PEM in it");
  }
}
