// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts every chain, for {@code verifyChain=false}. Deliberately not an {@link
 * javax.net.ssl.X509ExtendedTrustManager}: behind a plain one the JDK itself still checks the host
 * name if the engine asks for that.
 */
final class AnyChain implements X509TrustManager {
  private final SeenChain seen;

  /**
   * Makes one for one connection.
   *
   * @param seen remembers the chain.
   */
  AnyChain(SeenChain seen) {
    this.seen = seen;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    seen.chain(chain);
    seen.chainTrusted(true);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only for a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
