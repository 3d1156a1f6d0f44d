// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes passwords and tokens readable that a configuration holds encrypted: register it as a
 * service. It is asked for each value of type Password in a configuration that carries {@code
 * kura.service.pid}; without it such a configuration waits. May be called from any thread.
 */
@ConsumerType
@FunctionalInterface
public interface SecretDecoder {
  /**
   * Decodes a value.
   *
   * @param value the value as it is configured, not empty.
   * @return the value in clear; the same if it was not encrypted.
   * @throws SecretDecodingException if it is encrypted and cannot be decoded.
   */
  Secret decode(String value) throws SecretDecodingException;
}
