// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

  @TempDir private Path folder;
  private Certificates certificates;

  @BeforeEach
  void make() throws Exception {
    certificates = new Certificates(folder);
    certificates.addServer("broker");
    certificates.addClient("gate");
  }

  @Test
  void allAreSignedByAnAuthorityWhoseKeyIsNowhere() throws Exception {
    X509Certificate authority = read("ca");
    assertThat(authority.getBasicConstraints()).isPositive();
    for (String name : new String[] {"ca", "broker", "gate"}) {
      X509Certificate certificate = read(name);
      certificate.verify(authority.getPublicKey());
      certificate.checkValidity();
      assertThat(certificate.getIssuerX500Principal())
          .isEqualTo(authority.getSubjectX500Principal());
    }
    assertThat(certificates.file("ca-key")).doesNotExist();
  }

  @Test
  void theServerIsLocalhostAndTheClientHasItsName() throws Exception {
    assertThat(read("broker").getExtendedKeyUsage()).containsExactly(SERVER);
    assertThat(read("broker").getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1");
    assertThat(read("gate").getExtendedKeyUsage()).containsExactly(CLIENT);
    assertThat(read("gate").getSubjectX500Principal().getName()).isEqualTo("CN=gate");
    assertThat(read("gate").getBasicConstraints()).isNegative();
  }

  @Test
  void aKeyFitsItsCertificateAndIsForItsOwnerOnly() throws Exception {
    Path file = certificates.file("gate-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    byte[] encoded =
        Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[A-Z ]+-----", ""));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(read("gate").getPublicKey());
    assertThat(signature.verify(signed)).isTrue();
  }

  private X509Certificate read(String name) throws Exception {
    try (InputStream in = Files.newInputStream(certificates.file(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
