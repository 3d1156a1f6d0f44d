// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.kura.test;

import java.util.Arrays;
import java.util.Base64;

/** What may happen to an encrypted value that still looks like one. */
enum Damage {
  /** A bit of the initialization vector is another. */
  VECTOR {
    @Override
    void on(byte[][] parts) {
      parts[0][0] ^= 1;
    }
  },
  /** A bit of the cipher text is another. */
  TEXT {
    @Override
    void on(byte[][] parts) {
      parts[1][0] ^= 1;
    }
  },
  /** A bit of the tag is another. */
  TAG {
    @Override
    void on(byte[][] parts) {
      parts[1][parts[1].length - 1] ^= 1;
    }
  },
  /** The end is missing. */
  CUT {
    @Override
    void on(byte[][] parts) {
      parts[1] = Arrays.copyOf(parts[1], parts[1].length - 3);
    }
  };

  abstract void on(byte[][] parts);

  /** Returns a damaged copy. */
  String to(String encrypted) {
    int hyphen = encrypted.indexOf('-');
    byte[][] parts = {
      Base64.getDecoder().decode(encrypted.substring(0, hyphen)),
      Base64.getDecoder().decode(encrypted.substring(hyphen + 1))
    };
    on(parts);
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(parts[0]) + "-" + base64.encodeToString(parts[1]);
  }
}
