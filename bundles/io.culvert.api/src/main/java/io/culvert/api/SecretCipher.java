// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Encrypts what must outlive the process but be read by nobody else, on a platform that keeps keys:
 * register it as a service. With it, and a place to keep things, tunnels that notifications opened
 * survive a restart; without it they wait for a new notification. May be called from any thread.
 */
@ConsumerType
public interface SecretCipher {
  /**
   * Encrypts a value.
   *
   * @param value the value in clear.
   * @return the encrypted value, printable ASCII in one line.
   * @throws SecretDecodingException if it cannot be encrypted; the message holds no secret.
   */
  String encrypt(Secret value) throws SecretDecodingException;

  /**
   * Decrypts a value.
   *
   * @param encrypted what {@link #encrypt} returned, in this run or in an earlier one.
   * @return the value in clear.
   * @throws SecretDecodingException if it cannot be decrypted; the message holds no secret.
   */
  Secret decrypt(String encrypted) throws SecretDecodingException;
}
