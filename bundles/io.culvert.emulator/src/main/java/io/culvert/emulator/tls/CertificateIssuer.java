// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.NetUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Makes keys and certificates, all for the same time. Immutable. */
public final class CertificateIssuer {
  private static final Duration BEFORE = Duration.ofDays(1);

  private final Instant from;
  private final Instant until;

  /**
   * Makes an issuer.
   *
   * @param now when the certificates are needed first; they are good from a day before.
   * @param lifetime for how long they are good.
   */
  public CertificateIssuer(Instant now, Duration lifetime) {
    from = now.minus(BEFORE);
    until = now.plus(lifetime);
  }

  /**
   * Makes a certificate authority.
   *
   * @return its certificate and key.
   * @throws IllegalStateException if this JDK cannot make them.
   */
  public X509Bundle authority() {
    try {
      return common()
          .subject("CN=Culvert emulator CA (do not trust)")
          .setIsCertificateAuthority(true)
          .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign)
          .buildSelfSigned();
    } catch (Exception e) {
      throw failed(e);
    }
  }

  /**
   * Makes a server certificate.
   *
   * @param names host names and address literals that it is good for.
   * @param authority signs it.
   * @return its certificate and key.
   * @throws IllegalStateException if this JDK cannot make them.
   */
  public X509Bundle server(List<String> names, X509Bundle authority) {
    CertificateBuilder leaf =
        common()
            .subject("CN=" + names.get(0))
            .setKeyUsage(true, KeyUsage.digitalSignature)
            .addExtendedKeyUsageServerAuth();
    for (String name : names) {
      if (NetUtil.isValidIpV4Address(name) || NetUtil.isValidIpV6Address(name)) {
        leaf.addSanIpAddress(name);
      } else {
        leaf.addSanDnsName(name);
      }
    }
    try {
      return leaf.buildIssuedBy(authority);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private CertificateBuilder common() {
    return new CertificateBuilder().ecp256().notBefore(from).notAfter(until);
  }

  /** The builder declares the general type for whatever its security provider may throw. */
  private static IllegalStateException failed(Exception e) {
    return new IllegalStateException("cannot make certificates: " + e.getMessage(), e);
  }
}
