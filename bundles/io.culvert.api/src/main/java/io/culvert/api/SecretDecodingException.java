// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/** An encrypted value cannot be decoded. Neither message nor cause holds any part of it. */
public class SecretDecodingException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message why, one line.
   */
  public SecretDecodingException(String message) {
    super(message);
  }
}
