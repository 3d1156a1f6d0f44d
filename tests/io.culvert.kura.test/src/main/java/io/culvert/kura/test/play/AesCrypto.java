// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test.play;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Encrypts with AES-GCM and a key of this gateway: initialization vector and cipher text in Base64,
 * a hyphen between them. Safe for all threads.
 */
@Component(
    name = "io.culvert.kura.test.play.AesCrypto",
    service = {AesCrypto.class, CryptoService.class})
public final class AesCrypto implements CryptoService {
  private static final int KEY_BYTES = 16;
  private static final int VECTOR_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /**
   * Takes the gateway's key, or makes it.
   *
   * @param home where it is kept.
   */
  @Activate
  public AesCrypto(@Reference Home home) throws IOException {
    Path file = home.folder("security").resolve("key");
    if (!Files.exists(file)) {
      Files.write(file, random(KEY_BYTES));
    }
    key = new SecretKeySpec(Files.readAllBytes(file), "AES");
  }

  @Override
  public char[] encryptAes(char[] value) {
    return encrypt(new String(value)).toCharArray();
  }

  @Override
  public char[] decryptAes(char[] encryptedValue) throws KuraException {
    String[] parts = new String(encryptedValue).split("-", -1);
    if (parts.length != 2) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
    }
    // Kura, too, lets the exception out that this makes of a value that is not Base64.
    byte[] vector = Base64.getDecoder().decode(parts[0]);
    byte[] text = Base64.getDecoder().decode(parts[1]);
    try {
      byte[] clear = cipher(Cipher.DECRYPT_MODE, vector).doFinal(text);
      return new String(clear, StandardCharsets.UTF_8).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "value");
    }
  }

  String encrypt(String clear) {
    byte[] vector = random(VECTOR_BYTES);
    try {
      byte[] text =
          cipher(Cipher.ENCRYPT_MODE, vector).doFinal(clear.getBytes(StandardCharsets.UTF_8));
      Base64.Encoder base64 = Base64.getEncoder();
      return base64.encodeToString(vector) + "-" + base64.encodeToString(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Encrypts what cannot be decrypted: that is how Kura tells clear values from others. */
  String encrypted(String value) {
    try {
      decryptAes(value.toCharArray());
      return value;
    } catch (KuraException | RuntimeException e) {
      return encrypt(value);
    }
  }

  private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, vector));
    return cipher;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
