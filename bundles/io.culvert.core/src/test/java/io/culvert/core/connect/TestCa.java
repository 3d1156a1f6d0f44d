// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.connect;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;

/** A CA made for the tests, and certificates of it. */
final class TestCa {
  static final TestCa TRUSTED = new TestCa("CN=Culvert test CA");
  static final TestCa OTHER = new TestCa("CN=Some other CA");

  private final X509Bundle root;

  TestCa(String name) {
    try {
      root =
          new CertificateBuilder()
              .ecp256()
              .subject(name)
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  String pem() {
    return root.getCertificatePEM();
  }

  Path writePem(Path file) throws Exception {
    return Files.writeString(file, pem());
  }

  /** TLS for a server whose certificate is valid now. */
  SSLContext server(String... names) throws Exception {
    Instant now = Instant.now();
    return server(now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.DAYS), names);
  }

  SSLContext server(Instant from, Instant to, String... names) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder().ecp256().subject("CN=test server").notBefore(from).notAfter(to);
    for (String name : names) {
      builder =
          name.matches("[0-9.]+|.*:.*")
              ? builder.addSanIpAddress(name)
              : builder.addSanDnsName(name);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(builder.buildIssuedBy(root).toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }
}
