// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.config;

import io.culvert.api.SecretDecoder;

/** Does for tests of other packages what otherwise only Declarative Services may do. */
public final class Decoders {
  private Decoders() {}

  /** Brings a decoder. */
  public static void come(SecretValues secrets, SecretDecoder decoder) {
    secrets.setDecoder(decoder);
  }
}
