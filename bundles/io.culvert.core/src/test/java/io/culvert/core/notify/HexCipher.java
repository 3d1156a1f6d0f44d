// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.notify;

import io.culvert.api.Secret;
import io.culvert.api.SecretCipher;
import io.culvert.api.SecretDecodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Hides a text from a search, and nothing more. */
final class HexCipher implements SecretCipher {
  private final String key;

  HexCipher(String key) {
    this.key = key;
  }

  @Override
  public String encrypt(Secret value) {
    return key + HexFormat.of().formatHex(value.reveal().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Secret decrypt(String encrypted) throws SecretDecodingException {
    if (!encrypted.startsWith(key)) {
      throw new SecretDecodingException("of another key");
    }
    byte[] bytes = HexFormat.of().parseHex(encrypted.substring(key.length()));
    return Secret.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
