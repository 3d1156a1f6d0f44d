// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one connection's certificates and remembers what it saw, so that a failure can be
 * explained: the JDK's exceptions say neither the names nor the issuer. On the event loop, where
 * the TLS handshake runs.
 */
final class ChainCheck extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager delegate;
  private final SeenChain seen;

  /**
   * Makes a check for one connection.
   *
   * @param delegate decides.
   * @param seen remembers.
   */
  ChainCheck(X509ExtendedTrustManager delegate, SeenChain seen) {
    this.delegate = delegate;
    this.seen = seen;
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    seen.chain(chain);
    try {
      delegate.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      seen.chainTrusted(isTrusted(chain, authType));
      throw e;
    }
  }

  /** The same without the host name: tells an untrusted chain from a wrong name. */
  private boolean isTrusted(X509Certificate[] chain, String authType) {
    try {
      delegate.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only for an SSLEngine");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("only for an SSLEngine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("only for a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("only for a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only for a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
  }
}
