// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package org.eclipse.kura;

/** Why Kura could not do something. */
public enum KuraErrorCode {
  /** There is no connection. */
  NOT_CONNECTED,
  /** It could not be encrypted. */
  ENCODE_ERROR,
  /** What should be decoded is not what was encoded. */
  DECODER_ERROR
}
