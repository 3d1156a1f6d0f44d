// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;

/** Encrypts as Kura 5 and 6 do: AES-GCM with a vector of 12 bytes. */
final class PlayedCrypto implements CryptoDecoder.Decryption, CryptoCipher.Encryption {
  private final SecretKey key = new SecretKeySpec("0123456789abcdef".getBytes(UTF_8), "AES");

  String encrypt(String clear) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] text = cipher.doFinal(clear.getBytes(UTF_8));
    return base64.encodeToString(cipher.getIV()) + "-" + base64.encodeToString(text);
  }

  @Override
  public char[] encryptAes(char[] value) throws KuraException {
    try {
      return encrypt(new String(value)).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, "value");
    }
  }

  @Override
  public char[] decryptAes(char[] encrypted) throws KuraException {
    try {
      String[] parts = new String(encrypted).split("-");
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] vector = Base64.getDecoder().decode(parts[0]);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, vector));
      return new String(cipher.doFinal(Base64.getDecoder().decode(parts[1])), UTF_8).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
    }
  }
}
