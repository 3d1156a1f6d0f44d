// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.api;

/** What became of a configuration. */
public enum ConfigurationState {
  /** It is right, and in force. */
  ACCEPTED,
  /** Something is wrong with it; what was in force before stays. */
  REFUSED,
  /** It holds encrypted values, and nothing here can decode them yet; see {@link SecretDecoder}. */
  WAITING
}
