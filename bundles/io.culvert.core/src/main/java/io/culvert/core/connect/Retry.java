// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

/** What a failed connection attempt means for the next one. */
public enum Retry {
  /** It may pass: try again after a pause. */
  RETRY,
  /** It stays until a setting changes: trying again is pointless. */
  FINAL,
  /**
   * The service understood the handshake and does not want it. The caller knows whether that is a
   * refusal or, after an earlier success with the same token, the normal end of a tunnel.
   */
  REFUSED
}
