// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import java.util.Arrays;
import java.util.Comparator;

/** Which cipher suites to offer, and in what order. Stateless. */
public final class CipherSuites {
  private static final String CHACHA = "CHACHA20";

  private CipherSuites() {}

  /**
   * Puts first what this machine is fast at: ChaCha20-Poly1305 where the processor has no
   * instructions for AES, as is common on small gateways. Otherwise the order stays. It is the
   * service that chooses, and not all heed what is first.
   *
   * @param offered the suites that may be used, best first.
   * @return the same suites.
   */
  public static String[] order(String[] offered) {
    return order(offered, Processor.here());
  }

  static String[] order(String[] offered, Processor processor) {
    String[] ordered = offered.clone();
    if (!processor.hasAes()) {
      Arrays.sort(ordered, Comparator.comparing(suite -> !suite.contains(CHACHA)));
    }
    return ordered;
  }
}
