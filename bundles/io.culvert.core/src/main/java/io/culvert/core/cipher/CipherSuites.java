// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.cipher;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Which cipher suites to offer, and in what order: first what this machine is fast at, which is
 * ChaCha20-Poly1305 where Java has no instructions for AES, as is common on small gateways. It is
 * the service that chooses, and not all heed what is first. Immutable.
 */
public final class CipherSuites {
  private static final String CHACHA = "CHACHA20";

  private final boolean aes;

  /**
   * Makes those for some machine.
   *
   * @param aes whether Java has instructions for AES there.
   */
  public CipherSuites(boolean aes) {
    this.aes = aes;
  }

  /**
   * Returns those for this machine. May read a file, so it is called off the event loop.
   *
   * @return the suites.
   */
  public static CipherSuites here() {
    return new CipherSuites(Processor.here().hasAes());
  }

  /**
   * Puts first what the machine is fast at.
   *
   * @param offered the suites that may be used, best first.
   * @return the same suites.
   */
  public String[] order(String[] offered) {
    String[] ordered = offered.clone();
    if (!aes) {
      Arrays.sort(ordered, Comparator.comparing(suite -> !suite.contains(CHACHA)));
    }
    return ordered;
  }
}
