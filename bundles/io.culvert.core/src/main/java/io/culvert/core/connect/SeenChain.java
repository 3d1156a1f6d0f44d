// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.culvert.config.Printable;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates that one peer showed, for words about them. On the event loop. */
final class SeenChain {
  private static final Printable PRINTABLE = new Printable();
  private static final int MAX_NAMES = 8;
  private static final int MAX_NAME = 150;
  private static final int SAN_DNS = 2;
  private static final int SAN_IP = 7;

  private List<X509Certificate> chain = List.of();
  private boolean trusted;

  void chain(X509Certificate[] shown) {
    chain = List.of(shown);
  }

  void chainTrusted(boolean isTrusted) {
    trusted = isTrusted;
  }

  /** Tells whether the peer got so far as to show a certificate. */
  boolean isSeen() {
    return !chain.isEmpty();
  }

  /** Tells whether nothing but the host name can be wrong. */
  boolean isChainTrusted() {
    return trusted;
  }

  /** Returns a certificate that is out of its time, null if all are in it. */
  @Nullable X509Certificate outOfTime(Instant now) {
    for (X509Certificate certificate : chain) {
      if (now.isBefore(certificate.getNotBefore().toInstant())
          || now.isAfter(certificate.getNotAfter().toInstant())) {
        return certificate;
      }
    }
    return null;
  }

  /** Returns the issuer that nothing in the chain certifies. */
  String issuer() {
    return dn(chain.get(chain.size() - 1).getIssuerX500Principal().getName());
  }

  /** Returns whether the peer made its certificate itself. */
  boolean isSelfSigned() {
    X509Certificate leaf = chain.get(0);
    return leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
  }

  static String subject(X509Certificate certificate) {
    return dn(certificate.getSubjectX500Principal().getName());
  }

  /** Returns the hosts that the peer's own certificate is for. */
  String names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = chain.get(0).getSubjectAlternativeNames();
      for (List<?> entry : alternatives == null ? List.<List<?>>of() : alternatives) {
        int type = (Integer) entry.get(0);
        if (type == SAN_DNS || type == SAN_IP) {
          names.add(PRINTABLE.clean(String.valueOf(entry.get(1)), MAX_NAME));
        }
      }
    } catch (CertificateParsingException e) {
      names.add("unreadable names");
    }
    if (names.isEmpty()) {
      return subject(chain.get(0));
    }
    return names.size() <= MAX_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MAX_NAMES)) + ", …";
  }

  private static String dn(String name) {
    return name.isEmpty() ? "(no name)" : PRINTABLE.clean(name, MAX_NAME);
  }
}
