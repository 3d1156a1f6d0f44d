// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads private keys from PEM: those of PKCS #8 (RFC 5208), and those of PKCS #1 (RFC 8017, A.1.2),
 * which is how AWS IoT hands out keys. Java knows only the former, which is the latter with a name
 * of the algorithm before it. Stateless.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** INTEGER 0, and SEQUENCE of the OBJECT IDENTIFIER rsaEncryption and NULL. */
  private static final byte[] VERSION_AND_RSA =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PemKey() {}

  /**
   * Reads the first key in a text.
   *
   * @param pem the text.
   * @return the key.
   * @throws IllegalArgumentException if there is none that can be read; the message says what would
   *     do, and shows nothing of the key.
   */
  static PrivateKey read(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new IllegalArgumentException("there is no private key in PEM in it");
    }
    if (block.group().contains("ENCRYPTED")) {
      throw new IllegalArgumentException(
          "its key has a password: use a PKCS #12 file as key.store, or a key without one");
    }
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> key(bytes(block.group(2)));
      case "RSA PRIVATE KEY" -> key(wrap(bytes(block.group(2))));
      default ->
          throw new IllegalArgumentException(
              "its key must be PKCS #8: 'openssl pkcs8 -topk8 -nocrypt' makes it so");
    };
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its key is not in base64");
    }
  }

  private static PrivateKey key(byte[] der) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException e) {
        // It is of another algorithm, or of none; the messages may hold a piece of it.
      }
    }
    throw new IllegalArgumentException(
        "its key is damaged, or not of " + String.join(", ", ALGORITHMS));
  }

  private static byte[] wrap(byte[] rsa) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_AND_RSA);
    content.writeBytes(element(OCTET_STRING, rsa));
    return element(SEQUENCE, content.toByteArray());
  }

  /** The length takes two bytes: RSA keys have some hundred to some thousand. */
  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    element.write(0x82);
    element.write(content.length >> 8);
    element.write(content.length);
    element.writeBytes(content);
    return element.toByteArray();
  }
}
