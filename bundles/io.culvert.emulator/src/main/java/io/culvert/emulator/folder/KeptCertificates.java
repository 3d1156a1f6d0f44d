// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.emulator.folder;

import io.culvert.emulator.tls.CertificateIssuer;
import io.culvert.emulator.tls.ThrowawayCertificates;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates that outlive the process, so that whoever trusts the authority goes on trusting it.
 * They are made anew when they cannot be read or would expire soon. Used under the folder's lock.
 */
final class KeptCertificates {
  static final Duration LIFETIME = Duration.ofDays(365);
  static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

  private static final Logger LOG = LoggerFactory.getLogger(KeptCertificates.class);

  private final PemFiles authorityFiles;
  private final PemFiles serverFiles;
  private final Instant now;

  KeptCertificates(Path folder, Clock clock) {
    authorityFiles = new PemFiles(folder, "ca");
    serverFiles = new PemFiles(folder, "server");
    now = clock.instant();
  }

  Path authorityFile() {
    return authorityFiles.certificate();
  }

  /** Reads the certificates, or makes and writes new ones. */
  ThrowawayCertificates loadOrMake() throws IOException {
    CertificateIssuer issuer = new CertificateIssuer(now, LIFETIME);
    Optional<X509Bundle> keptAuthority = authorityFiles.read(null).filter(this::isGood);
    X509Bundle authority;
    if (keptAuthority.isPresent()) {
      authority = keptAuthority.get();
    } else {
      authority = issuer.authority();
      authorityFiles.write(authority);
      LOG.info("New certificate authority: clients must trust {}", authorityFiles.certificate());
    }
    Optional<X509Bundle> keptServer = serverFiles.read(authority).filter(this::isGood);
    if (keptServer.isPresent()) {
      return new ThrowawayCertificates(authority, keptServer.get());
    }
    X509Bundle server = issuer.server(ThrowawayCertificates.LOOPBACK, authority);
    serverFiles.write(server);
    return new ThrowawayCertificates(authority, server);
  }

  private boolean isGood(X509Bundle bundle) {
    Instant end = bundle.getCertificate().getNotAfter().toInstant();
    Instant begin = bundle.getCertificate().getNotBefore().toInstant();
    return begin.isBefore(now) && end.minus(RENEW_BEFORE_END).isAfter(now);
  }
}
