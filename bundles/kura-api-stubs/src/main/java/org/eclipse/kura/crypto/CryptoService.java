// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura.crypto;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Encrypts the passwords in configurations. */
@ProviderType
public interface CryptoService {
  /**
   * Encrypts a value.
   *
   * @param value the value in clear.
   * @return the encrypted value.
   * @throws KuraException if it cannot be encrypted.
   */
  char[] encryptAes(char[] value) throws KuraException;

  /**
   * Decrypts a value.
   *
   * @param encryptedValue the value.
   * @return the value in clear.
   * @throws KuraException if it cannot be decrypted.
   */
  char[] decryptAes(char[] encryptedValue) throws KuraException;
}
