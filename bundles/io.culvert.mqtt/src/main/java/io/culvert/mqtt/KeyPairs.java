// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.mqtt;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Tells whether keys belong together: a broker that is shown others just cuts. Stateless. */
final class KeyPairs {
  private static final byte[] SAMPLE = {1, 2, 3};

  private KeyPairs() {}

  static boolean belong(PrivateKey one, PublicKey other) throws GeneralSecurityException {
    if (!one.getAlgorithm().equals(other.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (one.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> one.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(one);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(other);
    signature.update(SAMPLE);
    try {
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // Of another curve or length.
      return false;
    }
  }
}
