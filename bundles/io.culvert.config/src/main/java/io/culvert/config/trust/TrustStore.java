// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.config.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The CAs that are trusted: those of the JDK and those of an extra file or directory. Reads files
 * only when they have changed. Thread-safe; {@link #trustManager()} blocks, so it is called off the
 * event loop. May be shared by all connections.
 */
public final class TrustStore {
  private final @Nullable Path extraCa;
  private @Nullable List<String> fingerprint;
  private @Nullable X509ExtendedTrustManager cached;

  /**
   * Reads nothing yet.
   *
   * @param extraCa a PEM file or a rehashed directory; absent for the JDK's CAs alone.
   */
  public TrustStore(@Nullable Path extraCa) {
    this.extraCa = extraCa;
  }

  /**
   * Returns what verifies certificates, read again if a file has changed.
   *
   * @return the trust manager, safe to use on any thread.
   * @throws IOException if the extra CAs cannot be used; the message says why, in one line.
   */
  public synchronized X509ExtendedTrustManager trustManager() throws IOException {
    List<String> now = extraCa == null ? List.of() : TrustAnchors.fingerprint(extraCa);
    X509ExtendedTrustManager current = cached;
    if (current == null || !now.equals(fingerprint)) {
      current = load();
      cached = current;
      fingerprint = now;
    }
    return current;
  }

  private X509ExtendedTrustManager load() throws IOException {
    try {
      if (extraCa == null) {
        return trusting(null);
      }
      Set<X509Certificate> anchors = new LinkedHashSet<>(TrustAnchors.read(extraCa));
      X509TrustManager jdk = trusting(null);
      anchors.addAll(List.of(jdk.getAcceptedIssuers()));
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int index = 0;
      for (X509Certificate anchor : anchors) {
        store.setCertificateEntry("ca-" + index++, anchor);
      }
      return trusting(store);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the trusted certificates cannot be used: " + TrustAnchors.describe(e), e);
    }
  }

  /** A null store stands for the JDK's own. */
  private static X509ExtendedTrustManager trusting(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
